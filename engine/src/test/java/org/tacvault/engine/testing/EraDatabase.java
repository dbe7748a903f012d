package org.tacvault.engine.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * A database whose content says in two tables of which era it is, and whose writers note the era in
 * which they wrote. {@link EraClient} and {@code era_client.py} work on it.
 */
public final class EraDatabase {
  private static final String[] SCHEMA = {
    "CREATE TABLE era_first(name TEXT)",
    "CREATE TABLE debit(seq INTEGER, era TEXT)",
    "CREATE TABLE filler(id INTEGER PRIMARY KEY, note TEXT)",
    "CREATE TABLE credit(seq INTEGER, era TEXT)",
    "CREATE TABLE era_last(name TEXT)"
  };

  private EraDatabase() {}

  /** A new database, or the tables of one in a database that is there. */
  public static Path create(Path file, String journalMode, int pageSize, String era, int filler)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size=" + pageSize);
      statement.execute("PRAGMA synchronous=OFF");
      statement.execute("PRAGMA journal_mode=" + journalMode);
      connection.setAutoCommit(false);
      for (String table : SCHEMA) {
        statement.execute(table);
      }
      statement.execute("INSERT INTO era_first VALUES('" + era + "')");
      statement.execute("INSERT INTO era_last VALUES('" + era + "')");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<"
              + filler
              + ") INSERT INTO filler(note) SELECT hex(randomblob(150)) FROM n");
      connection.commit();
    }
    return file;
  }

  public static void setEra(Path file, String era) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("UPDATE era_first SET name='" + era + "'");
      statement.executeUpdate("UPDATE era_last SET name='" + era + "'");
      connection.commit();
    }
  }

  public static String text(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      return statement.executeQuery(query).getString(1);
    }
  }

  /** The numbers of the rows that {@code table} holds of {@code era}. */
  public static Set<Long> written(Path file, String table, String era) throws SQLException {
    Set<Long> numbers = new HashSet<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=20000");
      var rows = statement.executeQuery("SELECT seq FROM " + table + " WHERE era='" + era + "'");
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }
}
