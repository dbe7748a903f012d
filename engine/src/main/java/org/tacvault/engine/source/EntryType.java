package org.tacvault.engine.source;

import java.util.Locale;

/** What an archived file is, as the manifest names it in lower case. */
public enum EntryType {
  DATABASE,
  CONFIG,
  DATA;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
