-- tacacs_accounting.db, part one: what must be there before rows are loaded.
CREATE TABLE accounting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER,
  username TEXT,
  acct_type TEXT,
  start_time INTEGER,
  stop_time INTEGER,
  bytes_in INTEGER,
  bytes_out INTEGER,
  attributes TEXT,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE active_sessions (
  session_id INTEGER PRIMARY KEY,
  username TEXT NOT NULL,
  client_ip TEXT,
  start_time TEXT NOT NULL,
  last_update TEXT NOT NULL,
  service TEXT,
  port TEXT,
  privilege_level INTEGER DEFAULT 1,
  bytes_in INTEGER DEFAULT 0,
  bytes_out INTEGER DEFAULT 0
);
CREATE TABLE accounting_logs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  timestamp DATETIME DEFAULT CURRENT_TIMESTAMP,
  username TEXT NOT NULL,
  session_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  service TEXT,
  command TEXT,
  client_ip TEXT,
  port TEXT,
  start_time TEXT,
  stop_time TEXT,
  bytes_in INTEGER DEFAULT 0,
  bytes_out INTEGER DEFAULT 0,
  elapsed_time INTEGER DEFAULT 0,
  privilege_level INTEGER DEFAULT 1,
  authentication_method TEXT,
  nas_port TEXT,
  nas_port_type TEXT,
  task_id TEXT,
  timezone TEXT,
  attributes TEXT,
  is_recent INTEGER DEFAULT 0
);
CREATE TABLE mv_daily_totals (
  stat_date DATE PRIMARY KEY,
  total_records INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE mv_daily_unique_users (
  stat_date DATE NOT NULL,
  username TEXT NOT NULL,
  first_seen_ts DATETIME NOT NULL,
  PRIMARY KEY (stat_date, username)
);
