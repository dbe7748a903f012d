package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.testing.InputEnd;

/**
 * A process that commits pairs of rows, one in {@code debit} and one in {@code credit}, until its
 * standard input ends: a copy with different counts is torn. Prints {@code ready} after the first
 * commit and its commits and failures at the end.
 */
public final class PairWriter {
  private PairWriter() {}

  public static void main(String[] arguments) throws SQLException {
    @Nullable InputEnd input = null;
    long commits = 0;
    long failures = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      statement.execute("PRAGMA synchronous=OFF");
      connection.setAutoCommit(false);
      while (input == null || !input.isReached()) {
        try {
          statement.execute("INSERT INTO debit(note) VALUES (hex(randomblob(40)))");
          statement.execute("INSERT INTO credit(note) VALUES (hex(randomblob(40)))");
          connection.commit();
          commits++;
        } catch (SQLException e) {
          failures++;
          System.out.println("failure " + e.getMessage());
          connection.rollback();
        }
        if (commits == 1) {
          System.out.println("ready");
          input = InputEnd.watch();
        }
      }
    }
    System.out.println("commits " + commits);
    System.out.println("failures " + failures);
  }
}
