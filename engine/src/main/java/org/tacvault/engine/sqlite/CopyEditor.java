package org.tacvault.engine.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Changes single rows of a private copy of a database, all in one transaction; closed without
 * {@link #commit}, the copy holds what it held. Nothing that the copy brings with it is run, old
 * values do not stay behind in free pages, and no file is left beside it.
 */
public final class CopyEditor implements AutoCloseable {
  private static final String OPERATION = "edit copy of database";

  private final Path copy;
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private CopyEditor(Path copy, Connection connection) {
    this.copy = copy;
    this.connection = connection;
  }

  /** Begins to edit {@code copy}, which nobody else has open. */
  public static CopyEditor open(Path copy) {
    try {
      Connection connection = Sqlite.openForReplacement(copy);
      try (Statement statement = connection.createStatement()) {
        // A hostile schema must not run functions that have effects, nor reach other rows.
        statement.execute("PRAGMA trusted_schema=OFF");
        statement.execute("PRAGMA foreign_keys=OFF");
        statement.execute("PRAGMA secure_delete=ON");
        connection.setAutoCommit(false);
        return new CopyEditor(copy, connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
  }

  /** Removes the one row of {@code query}'s table that has {@code key}. */
  public void delete(RowQuery query, List<String> key) {
    String sql = "DELETE FROM " + SqliteQueries.quote(query.table()) + where(query);
    run(query, sql, List.of(), key);
  }

  /**
   * Changes the one row of {@code query}'s table that has {@code key}.
   *
   * @param values {@link ExactValue}s by column, at least one
   * @throws EngineException {@code REFUSED} when more than that row could change, as in a table
   *     with triggers
   */
  public void set(RowQuery query, List<String> key, SortedMap<String, @Nullable String> values) {
    String columns =
        values.keySet().stream()
            .map(column -> SqliteQueries.quote(column) + "=?")
            .collect(Collectors.joining(","));
    String sql = "UPDATE " + SqliteQueries.quote(query.table()) + " SET " + columns + where(query);
    run(query, sql, values.values(), key);
  }

  private static String where(RowQuery query) {
    return query.key().stream()
        .map(column -> SqliteQueries.quote(column) + "=? COLLATE BINARY")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private void run(
      RowQuery query, String sql, Iterable<@Nullable String> values, List<String> key) {
    try {
      PreparedStatement statement = prepared(query, sql);
      int index = 1;
      for (String value : values) {
        ExactValue.bind(statement, index++, value);
      }
      for (String column : key) {
        statement.setString(index++, column);
      }
      int rows = statement.executeUpdate();
      if (rows != 1) {
        throw new EngineException(
            ErrorKind.FAILED, OPERATION, copy.getFileName(), rows + " rows changed instead of one");
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
  }

  private PreparedStatement prepared(RowQuery query, String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      requirePlain(query.table());
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Triggers cannot be switched off, and what is no plain table may do anything. */
  private void requirePlain(String table) throws SQLException {
    String name = "'" + table.replace("'", "''") + "'";
    String triggers =
        "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=%s COLLATE NOCASE";
    if (!SqliteQueries.texts(connection, triggers.formatted(name)).isEmpty()) {
      throw refused(table + " has triggers, which would run");
    }
    String type = "SELECT type FROM pragma_table_list WHERE schema='main' AND name=" + name;
    if (!SqliteQueries.text(connection, type).equals("table")) {
      throw refused(table + " is no plain table");
    }
  }

  /** Makes all changes, to be called once, and leaves the copy alone. */
  public void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
    close();
    for (String suffix : Sqlite.SIDE_FILES) {
      if (Files.exists(Sqlite.sideFile(copy, suffix))) {
        throw new EngineException(
            ErrorKind.FAILED, OPERATION, copy.getFileName(), "its log was not taken in");
      }
    }
  }

  private EngineException refused(String reason) {
    return new EngineException(ErrorKind.REFUSED, OPERATION, copy.getFileName(), reason)
        .withHint("nothing was restored; this backup restores without --keep-revocations only");
  }

  @Override
  public void close() {
    try {
      if (!connection.isClosed()) {
        try (connection) {
          for (PreparedStatement statement : statements.values()) {
            statement.close();
          }
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
  }
}
