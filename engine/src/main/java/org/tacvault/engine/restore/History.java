package org.tacvault.engine.restore;

import java.util.Locale;

/** What becomes of rows that came since the backup, in accounting, metrics and audit. */
public enum History {
  /** The backup as it is: newer rows are gone. */
  REPLACE,
  /** What is missing comes back, and what came since stays. */
  MERGE;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
