-- audit_trail.db: what administrators did.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  timestamp INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  action TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  resource_id TEXT,
  details TEXT,
  client_ip TEXT,
  success BOOLEAN NOT NULL,
  error_message TEXT
);
CREATE INDEX idx_timestamp ON audit_log(timestamp);
CREATE INDEX idx_user_id ON audit_log(user_id);
CREATE INDEX idx_action ON audit_log(action);
