package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is to be copied.
 *
 * @param columns those that hold values of their own, by their names in lower case
 * @param key names in lower case of the columns of the primary key; none when there is no such key
 * @param rowid by which name its row number goes; none in a table without
 * @param alias the column, in lower case, that is the row number
 * @param numbered whether that column only counts the rows
 * @param sql what creates it
 */
record TableShape(
    String schema,
    String name,
    Map<String, Column> columns,
    List<String> key,
    @Nullable String rowid,
    @Nullable String alias,
    boolean numbered,
    String sql) {
  private static final List<String> ROWIDS = List.of("rowid", "_rowid_", "oid");

  /**
   * A column.
   *
   * @param required whether a row must bring a value for it
   */
  record Column(String name, String affinity, boolean required) {}

  /** Reads the shape of an ordinary table; empty when there is none of that name. */
  static Optional<TableShape> read(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name,sql FROM %s.sqlite_master WHERE type='table' AND rootpage>0 AND lower(name)=?"
                .formatted(schema))) {
      statement.setString(1, table.toLowerCase(Locale.ROOT));
      try (ResultSet result = statement.executeQuery()) {
        return result.next()
            ? Optional.of(read(connection, schema, result.getString(1), result.getString(2)))
            : Optional.empty();
      }
    }
  }

  private static TableShape read(Connection connection, String schema, String name, String sql)
      throws SQLException {
    Map<String, Column> columns = new LinkedHashMap<>();
    Map<Integer, String> key = new TreeMap<>();
    boolean isInteger = false;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name,type,\"notnull\",dflt_value,pk FROM pragma_table_xinfo(?,?) WHERE hidden=0")) {
      statement.setString(1, name);
      statement.setString(2, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String column = row.getString(1).toLowerCase(Locale.ROOT);
          String type = row.getString(2);
          boolean isRequired = row.getInt(3) != 0 && row.getString(4) == null;
          columns.put(column, new Column(row.getString(1), affinity(type), isRequired));
          if (row.getInt(5) > 0) {
            key.put(row.getInt(5), column);
            isInteger = type.equalsIgnoreCase("INTEGER");
          }
        }
      }
    }
    String rowid = rowid(connection, schema, name, columns);
    boolean isAlias =
        rowid != null && key.size() == 1 && isInteger && !hasKeyIndex(connection, schema, name);
    String alias = isAlias ? key.values().iterator().next() : null;
    boolean isNumbered =
        alias != null
            && (alias.equals("id") || sql.toUpperCase(Locale.ROOT).contains("AUTOINCREMENT"))
            && !isReferenced(connection, schema, name);
    return new TableShape(
        schema, name, columns, new ArrayList<>(key.values()), rowid, alias, isNumbered, sql);
  }

  /** With its schema, quoted. */
  String from() {
    return schema + "." + SqliteQueries.quote(name);
  }

  /** A column of the row that goes by {@code row} in a query, quoted. */
  String column(String row, String lowerCaseName) {
    Column column = columns.get(lowerCaseName);
    if (column == null) {
      throw new IllegalArgumentException("no column " + lowerCaseName + " in " + name);
    }
    return row + "." + SqliteQueries.quote(column.name());
  }

  private static @Nullable String rowid(
      Connection connection, String schema, String table, Map<String, Column> columns)
      throws SQLException {
    for (String candidate : ROWIDS) {
      if (!columns.containsKey(candidate)) {
        return hasRowid(connection, schema, table, candidate) ? candidate : null;
      }
    }
    return null;
  }

  private static boolean hasRowid(
      Connection connection, String schema, String table, String candidate) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT t.%s FROM %s.%s t LIMIT 0"
                .formatted(candidate, schema, SqliteQueries.quote(table)))) {
      statement.executeQuery().close();
      return true;
    } catch (SQLException e) {
      if (Sqlite.resultCode(e) == SqliteFailures.ERROR) {
        return false;
      }
      throw e;
    }
  }

  /** A key that is not the row number has an index. */
  private static boolean hasKeyIndex(Connection connection, String schema, String table)
      throws SQLException {
    return isAny(
        connection, "SELECT 1 FROM pragma_index_list(?,?) WHERE origin='pk'", table, schema);
  }

  /** The numbers of rows that others refer to mean something. */
  private static boolean isReferenced(Connection connection, String schema, String table)
      throws SQLException {
    return isAny(
        connection,
        "SELECT 1 FROM "
            + schema
            + ".sqlite_master m, pragma_foreign_key_list(m.name,?2) f"
            + " WHERE m.type='table' AND lower(f.\"table\")=lower(?1)",
        table,
        schema);
  }

  private static boolean isAny(Connection connection, String query, String first, String second)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, first);
      statement.setString(2, second);
      try (ResultSet result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  /** See https://www.sqlite.org/datatype3.html section 3.1. */
  private static String affinity(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return "INTEGER";
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return "TEXT";
    }
    if (type.isEmpty() || type.contains("BLOB") || type.equals("ANY")) {
      return "BLOB";
    }
    boolean isReal = type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB");
    return isReal ? "REAL" : "NUMERIC";
  }
}
