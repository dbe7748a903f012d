package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps what the TACACS+ server derives from its accounting log, rows and users of each day, in
 * agreement with it. Its triggers do that while rows are inserted; where there are none, the days
 * of the log are counted anew. Days of which the log holds nothing any more stay.
 */
final class DailyTotals {
  static final String LOG = "accounting_logs";
  static final String TOTALS = "mv_daily_totals";
  static final String USERS = "mv_daily_unique_users";

  private static final String DAY = "stat_date";
  private static final String USER = "username";

  private final Connection connection;

  /**
   * @param connection to the live database, as {@code main}
   */
  DailyTotals(Connection connection) {
    this.connection = connection;
  }

  /**
   * Follows rows that came into the log.
   *
   * @param rows a query for {@code time, user} of them
   */
  void follow(String rows) throws SQLException {
    if (hasKey(TOTALS, List.of(DAY)) && !isKeptByTrigger(TOTALS)) {
      execute(
          "INSERT INTO main.mv_daily_totals(stat_date,total_records)"
              + " SELECT date(timestamp),count(*) FROM main.accounting_logs"
              + " WHERE date(timestamp) IS NOT NULL GROUP BY 1"
              + " ON CONFLICT(stat_date) DO UPDATE SET total_records=excluded.total_records");
    }
    if (hasKey(USERS, List.of(DAY, USER))) {
      if (!isKeptByTrigger(USERS)) {
        execute(
            "INSERT INTO main.mv_daily_unique_users(stat_date,username,first_seen_ts)"
                + " SELECT date(timestamp),username,min(timestamp) FROM main.accounting_logs"
                + " WHERE date(timestamp) IS NOT NULL AND username IS NOT NULL GROUP BY 1,2"
                + " ON CONFLICT(stat_date,username) DO NOTHING");
      }
      // The trigger leaves a user's first time of a day as it is, even when an earlier one comes.
      execute(
          ("UPDATE main.mv_daily_unique_users AS u SET first_seen_ts=f.first FROM"
                  + " (SELECT date(time) day,user,min(time) first FROM (%s) GROUP BY 1,2) f"
                  + " WHERE u.stat_date=f.day AND u.username=f.user"
                  + " AND julianday(f.first)<julianday(u.first_seen_ts)")
              .formatted(rows));
    }
  }

  private boolean hasKey(String table, List<String> key) throws SQLException {
    Optional<TableShape> shape = TableShape.read(connection, "main", table);
    return shape.isPresent() && shape.get().key().equals(key);
  }

  private boolean isKeptByTrigger(String table) throws SQLException {
    Pattern insertsInto =
        Pattern.compile(
            "\\bINSERT\\s+ON\\b.*\\bINTO\\s+[\"'`\\[]?" + table + "\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    return SqliteQueries.texts(
            connection,
            "SELECT sql FROM main.sqlite_master WHERE type='trigger' AND lower(tbl_name)='"
                + LOG
                + "'")
        .stream()
        .anyMatch(sql -> insertsInto.matcher(sql).find());
  }

  private void execute(String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.executeUpdate(statement);
    }
  }
}
