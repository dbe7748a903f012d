package org.tacvault.engine.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value of a column as text that keeps its type, so that it can be written elsewhere as it is:
 * {@code text:abc}, {@code integer:15}, {@code real:1.5}, {@code blob:00ff}; null is null.
 */
public final class ExactValue {
  private static final String TEXT = "text";

  private ExactValue() {}

  /** The exact value of a text. */
  public static String ofText(String text) {
    return TEXT + ":" + text;
  }

  /** What {@code exact} says, without its type; the bytes of a blob as hex digits. */
  public static @Nullable String text(@Nullable String exact) {
    return exact == null ? null : exact.substring(exact.indexOf(':') + 1);
  }

  /** SQL for the exact value of {@code value}, which is SQL. */
  static String expression(String value) {
    return "typeof(%1$s)||':'||CASE typeof(%1$s) WHEN 'blob' THEN hex(%1$s) ELSE %1$s END"
        .formatted(value);
  }

  static void bind(PreparedStatement statement, int index, @Nullable String exact)
      throws SQLException {
    statement.setObject(index, exact == null ? null : object(exact));
  }

  private static Object object(String exact) {
    int colon = exact.indexOf(':');
    String value = exact.substring(colon + 1);
    return switch (exact.substring(0, colon)) {
      case TEXT -> value;
      case "integer" -> Long.valueOf(value);
      case "real" -> Double.valueOf(value);
      case "blob" -> HexFormat.of().parseHex(value);
      default -> throw new IllegalArgumentException("no type of SQLite");
    };
  }
}
