package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.testing.InputEnd;

/**
 * A process that writes accounting rows, one a transaction, as the TACACS+ server does, until its
 * standard input ends: user {@code writer}, session 1, 2, 3... Prints {@code ready} after the first
 * one, and at the end its rows, its failures and how many milliseconds the longest one took.
 */
public final class LogWriter {
  /** Between two rows: a rollback journal knows no fair turns, and nobody writes all the time. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private LogWriter() {}

  public static void main(String[] arguments) throws SQLException {
    @Nullable InputEnd input = null;
    long rows = 0;
    long failures = 0;
    long longest = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0])) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout=20000");
        statement.execute("PRAGMA synchronous=NORMAL");
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO accounting_logs(timestamp,username,session_id,status)"
                  + " VALUES(strftime('%Y-%m-%dT%H:%M:%f+00:00','now'),'writer',?,'STOP')")) {
        while (input == null || !input.isReached()) {
          long start = System.nanoTime();
          try {
            insert.setLong(1, rows + 1);
            insert.executeUpdate();
            rows++;
          } catch (SQLException e) {
            failures++;
          }
          longest = Math.max(longest, System.nanoTime() - start);
          LockSupport.parkNanos(PAUSE_NANOS);
          if (rows == 1) {
            System.out.println("ready");
            input = InputEnd.watch();
          }
        }
      }
    }
    System.out.println("rows " + rows);
    System.out.println("failures " + failures);
    System.out.println("longest " + TimeUnit.NANOSECONDS.toMillis(longest));
  }
}
