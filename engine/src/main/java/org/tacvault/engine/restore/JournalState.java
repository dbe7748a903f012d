package org.tacvault.engine.restore;

import java.util.Locale;

/** How far the restore of a journal is. */
enum JournalState {
  /** Live files may have been touched: recovery puts the old content back. */
  APPLYING,
  /** All new content is in place: recovery only cleans up. */
  COMMITTED,
  /**
   * All new content is in place and waits to be confirmed: recovery leaves it alone, and whoever
   * finds the time over puts the old content back.
   */
  HELD,
  /** The old content is back and the journal's file is gone: only the directory is left. */
  ROLLED_BACK;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
