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
  private LiveRows() {}

  /** The rows of {@code query}, all columns as text; none when {@code table} does not exist. */
  public static List<List<@Nullable String>> ofTable(Path database, String table, String query) {
    try (LiveReader reader = LiveReader.open(database)) {
      Connection connection = reader.connection();
      return SqliteQueries.hasTable(connection, table) ? rows(connection, query) : List.of();
    } catch (SQLException e) {
      throw SqliteFailures.of("read database", database, e);
    }
  }

  private static List<List<@Nullable String>> rows(Connection connection, String query)
      throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
          row.add(result.getString(column));
        }
        rows.add(Collections.unmodifiableList(row));
      }
    }
    return rows;
  }
}
