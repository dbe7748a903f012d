-- What the insert trigger would have written, row by row, for the rows that are there.
INSERT INTO mv_daily_totals(stat_date, total_records)
  SELECT date(timestamp), count(*) FROM accounting_logs GROUP BY 1 ORDER BY 1;
INSERT INTO mv_daily_unique_users(stat_date, username, first_seen_ts)
  SELECT date(timestamp), username, min(timestamp) FROM accounting_logs GROUP BY 1, 2 ORDER BY 1, 2;
