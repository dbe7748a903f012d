package org.tacvault.engine.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Reads the rows of a query one by one, and makes sure that their keys ascend strictly. */
final class RowCursor implements AutoCloseable {
  private static final String OPERATION = "compare table";

  private final Path database;
  private final RowQuery query;
  private final Statement statement;
  private final ResultSet rows;
  private @Nullable Row current;

  RowCursor(Path database, Connection connection, RowQuery query, String sql) throws SQLException {
    this.database = database;
    this.query = query;
    this.statement = connection.createStatement();
    try {
      this.rows = statement.executeQuery(sql);
      advance();
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /** The row at hand; none at the end. */
  @Nullable Row current() {
    return current;
  }

  void advance() throws SQLException {
    Row before = current;
    current = rows.next() ? read() : null;
    if (before != null && current != null && compareKeys(before, current) >= 0) {
      throw notComparable("its rows are not unique by " + String.join(", ", query.key()));
    }
  }

  /** Negative when the left row comes first; the end comes after every row. */
  static int compare(@Nullable Row left, @Nullable Row right) {
    if (left == null || right == null) {
      return Boolean.compare(left == null, right == null);
    }
    return compareKeys(left, right);
  }

  /** In the order of SQLite's BINARY collation of UTF-8 text, column by column. */
  private static int compareKeys(Row left, Row right) {
    for (int column = 0; column < left.key().size(); column++) {
      int order = compareTexts(left.key().get(column), right.key().get(column));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compareTexts(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private Row read() throws SQLException {
    int keys = query.key().size();
    List<String> key = new ArrayList<>(keys);
    for (int column = 1; column <= keys; column++) {
      key.add(keyText(rows.getObject(column)));
    }
    List<@Nullable String> values = new ArrayList<>(query.fields().size());
    for (int column = 1; column <= query.fields().size(); column++) {
      values.add(rows.getString(keys + column));
    }
    return new Row(key, values);
  }

  private String keyText(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw notComparable("some of its rows have no text in " + String.join(", ", query.key()));
  }

  private EngineException notComparable(String reason) {
    return new EngineException(
        ErrorKind.VERIFICATION_FAILED,
        OPERATION,
        database.getFileName() + " " + query.table(),
        reason);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
