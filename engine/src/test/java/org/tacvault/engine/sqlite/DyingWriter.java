package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that dies in the middle of a transaction of which part has reached the file. */
final class DyingWriter {
  private DyingWriter() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA cache_size=10");
      connection.setAutoCommit(false);
      statement.execute("UPDATE debit SET note='gone'");
      statement.execute("DELETE FROM credit");
      Runtime.getRuntime().halt(9);
    }
  }
}
