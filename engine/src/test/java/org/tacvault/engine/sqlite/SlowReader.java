package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.tacvault.engine.testing.InputEnd;

/**
 * A process that reads a database in one transaction after the other, each of some length, and
 * waits for locks as long as Python programs do. Arguments: the database, and by how many
 * milliseconds the second transaction is late. Prints {@code ready} and, when its input ends,
 * {@code failures}.
 */
final class SlowReader {
  static final int LENGTH_MILLIS = 400;

  private SlowReader() {}

  public static void main(String[] arguments) throws SQLException, InterruptedException {
    InputEnd end = InputEnd.watch();
    int failures = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      read(statement, Integer.parseInt(arguments[1]));
      System.out.println("ready");
      while (!end.isReached()) {
        try {
          read(statement, LENGTH_MILLIS);
        } catch (SQLException e) {
          System.out.println("failure " + e.getMessage());
          failures++;
        }
      }
    }
    System.out.println("failures " + failures);
  }

  private static void read(Statement statement, int millis)
      throws SQLException, InterruptedException {
    statement.execute("BEGIN");
    statement.execute("SELECT count(*) FROM era_first");
    Thread.sleep(millis);
    statement.execute("COMMIT");
  }
}
