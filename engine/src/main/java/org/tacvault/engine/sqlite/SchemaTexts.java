package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.Printable;

/**
 * Whether a schema is as SQLite itself writes it (https://www.sqlite.org/schematab.html): each row
 * makes what its type and name say. SQLite goes by the text alone, so that a forged row can pass a
 * view off as a table, and whoever counts the rows of that table runs the view.
 */
final class SchemaTexts {
  private static final int MOST_CHARACTERS = 16 << 20;

  /** Nobody names a table with more; longer names are not taken apart. */
  private static final int BEGINNING = 4096;

  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE (VIRTUAL TABLE|TABLE|VIEW|TRIGGER|UNIQUE INDEX|INDEX) +"
              + "(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|'([^']*+(?:''[^']*+)*+)'"
              + "|`([^`]*+(?:``[^`]*+)*+)`|\\[([^\\]]*+)\\]"
              + "|([\\p{Alnum}_$[^\\x00-\\x7f]]++))",
          Pattern.CASE_INSENSITIVE);

  private static final String QUOTES = "\"'`";

  private SchemaTexts() {}

  /** What is wrong with the schema, if anything. */
  static Optional<String> problem(Connection connection) throws SQLException {
    long characters = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT type, name, rootpage, sql FROM sqlite_master")) {
      while (rows.next()) {
        String type = rows.getString(1);
        String name = rows.getString(2);
        String sql = rows.getString(4);
        if (!isGenuine(type, name, rows.getLong(3), sql)) {
          return Optional.of(
              "its schema was forged: the text of %s '%s' makes something else"
                  .formatted(Printable.of(text(type)), Printable.of(text(name))));
        }
        characters += text(name).length() + text(sql).length();
        if (characters > MOST_CHARACTERS) {
          return Optional.of("its schema has more than " + MOST_CHARACTERS + " characters");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isGenuine(
      @Nullable String type, @Nullable String name, long page, @Nullable String sql) {
    if (type == null || name == null) {
      return false;
    }
    if (sql == null) {
      // The index of a UNIQUE or PRIMARY KEY.
      return type.equals("index") && name.startsWith("sqlite_autoindex_") && page > 0;
    }
    Matcher create = CREATE.matcher(sql.substring(0, Math.min(sql.length(), BEGINNING)));
    return create.lookingAt()
        && kind(create.group(1), page).equals(type)
        && name(create).equalsIgnoreCase(name);
  }

  /** The type that a statement makes; none when the page of the row is not that of its kind. */
  private static String kind(String words, long page) {
    String last = words.substring(words.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
    boolean isVirtual = words.regionMatches(true, 0, "VIRTUAL", 0, 7);
    boolean holdsRows = !isVirtual && (last.equals("table") || last.equals("index"));
    return holdsRows == page > 0 ? last : "";
  }

  private static String name(Matcher create) {
    for (int quote = 0; quote < QUOTES.length(); quote++) {
      String quoted = create.group(2 + quote);
      if (quoted != null) {
        String mark = QUOTES.substring(quote, quote + 1);
        return quoted.replace(mark + mark, mark);
      }
    }
    return create.group(5) == null ? create.group(6) : create.group(5);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
