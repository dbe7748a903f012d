package org.tacvault.engine.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an archived file is, as the manifest names it in lower case. */
public enum EntryType {
  DATABASE,
  CONFIG,
  DATA;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EntryType> of(String id) {
    return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
  }
}
