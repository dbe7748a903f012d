package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Real databases for tests. */
final class Databases {
  private Databases() {}

  /** Two tables with {@code pairs} rows each, in the given journal mode. */
  static Path pairs(Path file, String journalMode, int pageSize, int pairs) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size=" + pageSize);
      statement.execute("PRAGMA journal_mode=" + journalMode);
      for (String table : new String[] {"debit", "credit"}) {
        statement.execute(
            "CREATE TABLE " + table + "(id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT)");
        statement.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<"
                + pairs
                + ") INSERT INTO "
                + table
                + "(note) SELECT hex(randomblob(100)) FROM n WHERE "
                + pairs
                + ">0");
      }
    }
    return file;
  }

  static long count(Path file, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return SqliteQueries.number(connection, "SELECT count(*) FROM " + table);
    }
  }
}
