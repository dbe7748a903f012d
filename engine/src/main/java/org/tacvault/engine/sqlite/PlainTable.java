package org.tacvault.engine.sqlite;

import java.util.regex.Pattern;

/**
 * Whether the statement that made a table in a backup may be run on a live database: names, types,
 * keys and literal defaults, nothing that is computed or refers to something else.
 */
final class PlainTable {
  private static final Pattern START =
      Pattern.compile("^CREATE\\s+TABLE\\s+[^(]*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHARACTERS = Pattern.compile("[\\w\\s(),.\"'`\\[\\]+-]*");
  private static final Pattern COMPUTED =
      Pattern.compile(
          "\\b(CHECK|GENERATED|AS|REFERENCES|FOREIGN|COLLATE|SELECT|CONFLICT)\\b|DEFAULT\\s*\\(|--",
          Pattern.CASE_INSENSITIVE);

  private PlainTable() {}

  static boolean isPlain(String sql) {
    return START.matcher(sql).find()
        && CHARACTERS.matcher(sql).matches()
        && !COMPUTED.matcher(sql).find();
  }
}
