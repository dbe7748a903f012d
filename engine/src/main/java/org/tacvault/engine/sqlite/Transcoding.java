package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.tacvault.engine.error.Interruption;

/**
 * Copies the tables of a database into one of another text encoding, row by row: SQLite neither
 * attaches a database of another encoding nor changes the encoding of one.
 */
final class Transcoding {
  private static final int BATCH_ROWS = 1000;

  private Transcoding() {}

  static void copy(Path from, Path to, String encoding) throws SQLException {
    try (Connection source = Sqlite.openStatic(from);
        Connection target = Sqlite.openScratch(to)) {
      try (Statement statement = target.createStatement()) {
        statement.execute("PRAGMA encoding='" + encoding + "'");
      }
      target.setAutoCommit(false);
      for (String table : HistoryScratch.tables(source, "main")) {
        copy(source, target, TableShape.read(source, "main", table).orElseThrow());
      }
      target.commit();
    }
  }

  private static void copy(Connection source, Connection target, TableShape shape)
      throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.execute(create(shape));
    }
    List<String> columns = new ArrayList<>();
    shape.columns().values().forEach(column -> columns.add(SqliteQueries.quote(column.name())));
    if (shape.alias() == null && shape.rowid() != null) {
      columns.add(shape.rowid());
    }
    String names = String.join(",", columns);
    String places = String.join(",", Collections.nCopies(columns.size(), "?"));
    String table = SqliteQueries.quote(shape.name());
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + names + " FROM " + table);
        PreparedStatement insert =
            target.prepareStatement(
                "INSERT INTO " + table + "(" + names + ") VALUES(" + places + ")")) {
      int pending = 0;
      while (rows.next()) {
        for (int column = 1; column <= columns.size(); column++) {
          insert.setObject(column, rows.getObject(column));
        }
        insert.addBatch();
        if (++pending % BATCH_ROWS == 0) {
          insert.executeBatch();
          Interruption.check("read table", shape.name());
        }
      }
      insert.executeBatch();
    }
  }

  private static String create(TableShape shape) {
    String columns =
        shape.columns().values().stream()
            .map(column -> SqliteQueries.quote(column.name()) + " " + column.affinity())
            .collect(Collectors.joining(","));
    String key =
        shape.key().stream()
            .map(column -> SqliteQueries.quote(column))
            .collect(Collectors.joining(","));
    String end = shape.rowid() == null ? ") WITHOUT ROWID" : ")";
    return "CREATE TABLE "
        + SqliteQueries.quote(shape.name())
        + "("
        + columns
        + (key.isEmpty() ? "" : ",PRIMARY KEY(" + key + ")")
        + end;
  }
}
