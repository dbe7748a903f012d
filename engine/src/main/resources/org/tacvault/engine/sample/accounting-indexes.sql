-- tacacs_accounting.db, part two: indexes, view and triggers, which would slow the load down.
CREATE INDEX idx_accounting_session_id ON accounting(session_id);
CREATE INDEX idx_accounting_username ON accounting(username);
CREATE INDEX idx_active_sessions_username ON active_sessions(username);
CREATE INDEX idx_active_sessions_last_update ON active_sessions(last_update);
CREATE INDEX idx_user_timestamp ON accounting_logs(username, timestamp DESC);
CREATE INDEX idx_recent_logs ON accounting_logs(timestamp DESC, username, status)
  WHERE is_recent = 1;
CREATE INDEX idx_session_id ON accounting_logs(session_id);

CREATE VIEW mv_daily_stats AS
  SELECT t.stat_date, t.total_records, COALESCE(u.unique_users, 0) AS unique_users
  FROM mv_daily_totals t
  LEFT JOIN (
    SELECT stat_date, COUNT(*) AS unique_users FROM mv_daily_unique_users GROUP BY stat_date
  ) u USING (stat_date);

CREATE TRIGGER trg_accounting_logs_insert_totals AFTER INSERT ON accounting_logs
BEGIN
  INSERT INTO mv_daily_totals(stat_date, total_records) VALUES (date(NEW.timestamp), 1)
    ON CONFLICT(stat_date) DO UPDATE SET total_records = total_records + 1;
  INSERT OR IGNORE INTO mv_daily_unique_users(stat_date, username, first_seen_ts)
    VALUES (date(NEW.timestamp), NEW.username, NEW.timestamp);
END;

CREATE TRIGGER trg_accounting_logs_delete_totals AFTER DELETE ON accounting_logs
BEGIN
  UPDATE mv_daily_totals SET total_records = total_records - 1
    WHERE stat_date = date(OLD.timestamp);
  DELETE FROM mv_daily_totals WHERE stat_date = date(OLD.timestamp) AND total_records <= 0;
  DELETE FROM mv_daily_unique_users
    WHERE stat_date = date(OLD.timestamp) AND username = OLD.username
      AND NOT EXISTS (
        SELECT 1 FROM accounting_logs
        WHERE username = OLD.username AND date(timestamp) = date(OLD.timestamp));
END;

CREATE TRIGGER trg_accounting_logs_update_date AFTER UPDATE ON accounting_logs
WHEN date(NEW.timestamp) <> date(OLD.timestamp)
BEGIN
  UPDATE mv_daily_totals SET total_records = total_records - 1
    WHERE stat_date = date(OLD.timestamp);
  DELETE FROM mv_daily_totals WHERE stat_date = date(OLD.timestamp) AND total_records <= 0;
  DELETE FROM mv_daily_unique_users
    WHERE stat_date = date(OLD.timestamp) AND username = OLD.username
      AND NOT EXISTS (
        SELECT 1 FROM accounting_logs
        WHERE username = OLD.username AND date(timestamp) = date(OLD.timestamp));
  INSERT INTO mv_daily_totals(stat_date, total_records) VALUES (date(NEW.timestamp), 1)
    ON CONFLICT(stat_date) DO UPDATE SET total_records = total_records + 1;
  INSERT OR IGNORE INTO mv_daily_unique_users(stat_date, username, first_seen_ts)
    VALUES (date(NEW.timestamp), NEW.username, NEW.timestamp);
END;

CREATE TRIGGER trg_accounting_logs_update_username AFTER UPDATE OF username ON accounting_logs
WHEN date(NEW.timestamp) = date(OLD.timestamp) AND NEW.username <> OLD.username
BEGIN
  DELETE FROM mv_daily_unique_users
    WHERE stat_date = date(OLD.timestamp) AND username = OLD.username
      AND NOT EXISTS (
        SELECT 1 FROM accounting_logs
        WHERE username = OLD.username AND date(timestamp) = date(OLD.timestamp));
  INSERT OR IGNORE INTO mv_daily_unique_users(stat_date, username, first_seen_ts)
    VALUES (date(NEW.timestamp), NEW.username, NEW.timestamp);
END;
