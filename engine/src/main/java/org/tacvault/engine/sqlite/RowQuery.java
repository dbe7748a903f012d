package org.tacvault.engine.sqlite;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table in the order of their natural key.
 *
 * @param key columns that hold text and together name a row
 * @param fields what to read of each row, in this order
 * @param flag a column that must be 1 for a row to be read
 */
public record RowQuery(String table, List<String> key, List<Field> fields, @Nullable String flag) {
  /**
   * One value of a row.
   *
   * @param name what the value is called
   * @param column where it is read
   * @param reference the table whose {@code id} the column holds; its {@code name} is read instead
   * @param isExact whether it is read as an {@link ExactValue}
   */
  public record Field(String name, String column, @Nullable String reference, boolean isExact) {
    public Field(String name, String column, @Nullable String reference) {
      this(name, column, reference, false);
    }

    /** The value of {@code column} itself. */
    public static Field of(String column) {
      return new Field(column, column, null);
    }

    /** The value of {@code column} with its type, to be written elsewhere. */
    public static Field exact(String column) {
      return new Field(column, column, null, true);
    }

    private String expression(String table) {
      String value = SqliteQueries.quote(table) + "." + SqliteQueries.quote(column);
      if (isExact) {
        return ExactValue.expression(value);
      }
      return reference == null
          ? value
          : "(SELECT r.name FROM "
              + SqliteQueries.quote(reference)
              + " r WHERE r.id="
              + value
              + ")";
    }
  }

  public RowQuery {
    key = List.copyOf(key);
    fields = List.copyOf(fields);
  }

  String sql() {
    String where = flag == null ? "" : " WHERE " + SqliteQueries.quote(flag) + "=1";
    return "SELECT "
        + Stream.concat(
                key.stream().map(SqliteQueries::quote),
                fields.stream().map(field -> field.expression(table)))
            .collect(Collectors.joining(","))
        + " FROM "
        + SqliteQueries.quote(table)
        + where
        + " ORDER BY "
        + key.stream()
            .map(column -> SqliteQueries.quote(column) + " COLLATE BINARY")
            .collect(Collectors.joining(","));
  }
}
