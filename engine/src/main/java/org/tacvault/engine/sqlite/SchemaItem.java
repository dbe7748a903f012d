package org.tacvault.engine.sqlite;

import java.util.Locale;
import java.util.Optional;

/**
 * A named part of a schema.
 *
 * @param name of a column with its table: {@code devices.network}
 */
public record SchemaItem(Kind kind, String name) implements Comparable<SchemaItem> {
  /** What it is. */
  public enum Kind {
    TABLE,
    COLUMN,
    INDEX,
    TRIGGER,
    VIEW;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A column of {@code table}. */
  public static SchemaItem column(String table, String column) {
    return new SchemaItem(Kind.COLUMN, table + "." + column);
  }

  /** The table of a column. */
  public Optional<SchemaItem> table() {
    int dot = name.indexOf('.');
    return kind == Kind.COLUMN && dot > 0
        ? Optional.of(new SchemaItem(Kind.TABLE, name.substring(0, dot)))
        : Optional.empty();
  }

  @Override
  public int compareTo(SchemaItem other) {
    int byKind = kind.compareTo(other.kind);
    return byKind == 0 ? name.compareTo(other.name) : byKind;
  }
}
