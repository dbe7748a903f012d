package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements behind names in a schema, to be compared. */
final class Definition {
  /** What does something and shows it nowhere but in its statement. */
  static final List<SchemaItem.Kind> KINDS =
      List.of(SchemaItem.Kind.INDEX, SchemaItem.Kind.TRIGGER, SchemaItem.Kind.VIEW);

  /** Comments and quoted texts as they are, or white space; a line's end may end a comment. */
  private static final Pattern QUOTED_OR_BLANK =
      Pattern.compile(
          "(--[^\\n]*+\\n?|/\\*(?s:.*?)\\*/|'[^']*+'|\"[^\"]*+\"|`[^`]*+`|\\[[^\\]]*+\\])|\\s++");

  private Definition() {}

  static String of(Connection connection, SchemaItem.Kind kind, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT sql FROM sqlite_master WHERE type=? AND name=?")) {
      statement.setString(1, kind.id());
      statement.setString(2, name);
      try (ResultSet result = statement.executeQuery()) {
        String sql = result.next() ? result.getString(1) : null;
        return sql == null ? "" : normal(sql);
      }
    }
  }

  /** {@code sql} with one space for all white space between its words. */
  static String normal(String sql) {
    return QUOTED_OR_BLANK
        .matcher(sql.strip())
        .replaceAll(match -> match.group(1) == null ? " " : quote(match.group(1)));
  }

  private static String quote(String text) {
    return Matcher.quoteReplacement(text);
  }
}
