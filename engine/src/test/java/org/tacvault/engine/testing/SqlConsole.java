package org.tacvault.engine.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A process that runs the SQL of each line of its input on one database, which stays open. */
public final class SqlConsole {
  private SqlConsole() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        run(statement, line);
        System.out.println("--done");
      }
    }
  }

  private static void run(Statement statement, String sql) {
    try {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            System.out.println(rows.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      System.out.println("error " + e.getMessage());
    }
  }
}
