package org.tacvault.engine.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches; {@link #close} writes the last one. */
final class Rows implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final PreparedStatement insert;
  private final int width;
  private int waiting;

  /** {@code columns} comma separated. */
  Rows(Connection connection, String table, String columns) throws SQLException {
    width = columns.split(",").length;
    String marks = String.join(", ", Collections.nCopies(width, "?"));
    insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")");
  }

  void add(@Nullable Object... values) throws SQLException {
    if (values.length != width) {
      throw new IllegalArgumentException(values.length + " values for " + width + " columns");
    }
    for (int position = 0; position < width; position++) {
      insert.setObject(position + 1, values[position]);
    }
    insert.addBatch();
    if (++waiting == BATCH) {
      flush();
    }
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    waiting = 0;
  }

  @Override
  public void close() throws SQLException {
    try (insert) {
      flush();
    }
  }
}
