package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The queries that more than one class asks. */
final class SqliteQueries {
  /** What holds rows itself; views and virtual tables have no page of their own. */
  private static final String IS_TABLE = "type='table' AND rootpage>0";

  private SqliteQueries() {}

  /** Touches the database file; a read transaction begins here when one is asked for. */
  static long readSchema(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM sqlite_master");
  }

  static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        texts.add(result.getString(1));
      }
    }
    return texts;
  }

  /**
   * Rows of every table, in the order of the tables' names, {@code sqlite_sequence} included.
   * Virtual tables are left out: their rows are what a module makes of other tables.
   */
  static Map<String, Long> tableCounts(Connection connection) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table :
        texts(connection, "SELECT name FROM sqlite_master WHERE " + IS_TABLE + " ORDER BY name")) {
      counts.put(table, number(connection, "SELECT count(*) FROM " + quote(table)));
    }
    return counts;
  }

  static boolean hasTable(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT 1 FROM sqlite_master WHERE " + IS_TABLE + " AND name=?")) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  /** Whether {@code table} has generated columns (https://www.sqlite.org/gencol.html). */
  static boolean isComputed(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)")) {
      statement.setString(1, table);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  /** The text that creates every object, in a stable order. */
  static List<String> schema(Connection connection) throws SQLException {
    return texts(
        connection, "SELECT type||' '||name||' '||coalesce(sql,'') FROM sqlite_master ORDER BY 1");
  }

  /** An identifier in double quotes (https://www.sqlite.org/lang_keywords.html). */
  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
