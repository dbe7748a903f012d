package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one log that came after a restore, in a connection that has the live database as
 * {@code live}, what is to come back as {@code undo} if it can be read with it, and as {@code main}
 * the database in which they are saved.
 *
 * @param undo none when it has no such table, or cannot be read
 * @param mark the highest number that the restore brought
 */
record LateTable(TableShape live, @Nullable TableShape undo, long mark) {
  static LateTable of(Connection connection, String name, HistoryMark mark, boolean hasUndo)
      throws SQLException {
    TableShape live = TableShape.read(connection, "live", name).orElseThrow();
    Optional<TableShape> undo =
        hasUndo ? TableShape.read(connection, "undo", name) : Optional.empty();
    return new LateTable(live, undo.orElse(null), mark.of(name));
  }

  String name() {
    return live.name();
  }

  /** Whether its rows are numbered, so that later ones can be told apart. */
  boolean isNumbered() {
    return live.rowid() != null;
  }

  long count(Connection connection) throws SQLException {
    return SqliteQueries.number(
        connection, "SELECT count(*) FROM " + live.from() + " l WHERE " + late());
  }

  /** Copies the rows with their numbers into a table of the same columns and key. */
  void save(Connection connection) throws SQLException {
    String columns =
        live.columns().values().stream()
            .map(column -> SqliteQueries.quote(column.name()))
            .collect(Collectors.joining(","));
    boolean isApart = live.alias() == null;
    try (Statement statement = connection.createStatement()) {
      statement.execute(definition());
      statement.execute(
          "INSERT INTO main.%1$s(%2$s%3$s) SELECT %4$s%3$s FROM %5$s l WHERE %6$s"
              .formatted(
                  SqliteQueries.quote(live.name()),
                  isApart ? live.rowid() + "," : "",
                  columns,
                  isApart ? "l." + live.rowid() + "," : "",
                  live.from(),
                  late()));
    }
  }

  /** Of nothing but what tells rows apart: the table that takes them in has the rest. */
  private String definition() {
    String columns =
        live.columns().entrySet().stream()
            .map(column -> definition(column.getKey(), column.getValue()))
            .collect(Collectors.joining(","));
    String key =
        live.alias() != null || live.key().isEmpty()
            ? ""
            : live.key().stream()
                .map(column -> nameOf(column))
                .collect(Collectors.joining(",", ",PRIMARY KEY(", ")"));
    return "CREATE TABLE %s(%s%s)".formatted(SqliteQueries.quote(live.name()), columns, key);
  }

  private String definition(String column, TableShape.Column shape) {
    String type = column.equals(live.alias()) ? "INTEGER PRIMARY KEY" : shape.affinity();
    return SqliteQueries.quote(shape.name()) + " " + type;
  }

  private String nameOf(String column) {
    Map<String, TableShape.Column> columns = live.columns();
    return Optional.ofNullable(columns.get(column))
        .map(shape -> SqliteQueries.quote(shape.name()))
        .orElseThrow();
  }

  /** Numbered above the mark; and not in the undo copy, should the live one be like that still. */
  private String late() {
    String above = "l.%s>%d".formatted(live.rowid(), mark);
    if (undo == null || undo.rowid() == null) {
      return above;
    }
    String same =
        live.columns().keySet().stream()
            .filter(column -> undo.columns().containsKey(column))
            .filter(column -> !HistoryRules.SERVER.isMark(live.name(), column))
            .map(
                column ->
                    undo.column("u", column) + " COLLATE BINARY IS " + live.column("l", column))
            .collect(Collectors.joining(" AND "));
    return "%s AND NOT EXISTS (SELECT 1 FROM %s u WHERE u.%s=l.%s AND %s)"
        .formatted(above, undo.from(), undo.rowid(), live.rowid(), same.isEmpty() ? "0" : same);
  }
}
