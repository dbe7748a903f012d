-- metrics_history.db: one row of counters every five minutes.
CREATE TABLE metrics_snapshots (
  timestamp INTEGER PRIMARY KEY,
  auth_requests INTEGER DEFAULT 0,
  auth_success INTEGER DEFAULT 0,
  auth_failures INTEGER DEFAULT 0,
  author_requests INTEGER DEFAULT 0,
  author_success INTEGER DEFAULT 0,
  author_failures INTEGER DEFAULT 0,
  acct_requests INTEGER DEFAULT 0,
  acct_success INTEGER DEFAULT 0,
  acct_failures INTEGER DEFAULT 0,
  connections_active INTEGER DEFAULT 0,
  connections_total INTEGER DEFAULT 0,
  memory_usage_mb REAL DEFAULT 0,
  cpu_percent REAL DEFAULT 0
);
CREATE INDEX idx_timestamp ON metrics_snapshots(timestamp);
