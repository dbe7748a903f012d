package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a few rows of somebody else's database as text. */
public final class LiveRows {
  private static final String OPERATION = "read database";
  private static final int MOST_CHARACTERS = 4 << 20;

  private LiveRows() {}

  /**
   * The rows of {@code query}, all columns as text; none when {@code table} does not exist.
   *
   * @throws org.tacvault.engine.error.EngineException {@code VERIFICATION_FAILED} also when they
   *     are more than a few megabytes, or computed
   */
  public static List<List<@Nullable String>> ofTable(Path database, String table, String query) {
    try (LiveReader reader = LiveReader.open(database)) {
      Connection connection = reader.connection();
      if (!SqliteQueries.hasTable(connection, table)) {
        return List.of();
      }
      if (SqliteQueries.isComputed(connection, table)) {
        throw SqliteFailures.corrupt(
            OPERATION, database, "its table " + table + " computes values instead of holding them");
      }
      return rows(database, connection, query);
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    }
  }

  private static List<List<@Nullable String>> rows(
      Path database, Connection connection, String query) throws SQLException {
    long characters = 0;
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          characters += 1 + (value == null ? 0 : value.length());
          row.add(value);
        }
        if (characters > MOST_CHARACTERS) {
          throw SqliteFailures.corrupt(
              OPERATION, database, "it holds more settings than a configuration can have");
        }
        rows.add(Collections.unmodifiableList(row));
      }
    }
    return rows;
  }
}
