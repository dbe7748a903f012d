package org.tacvault.engine.restore;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that commits one user and then keeps the database open until its input ends. */
final class IdleHolder {
  private IdleHolder() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO local_users(username) VALUES('in-the-log')");
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    }
  }
}
