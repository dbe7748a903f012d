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
  /** The old content is back; where no server has to be brought up, the journal's file is gone. */
  ROLLED_BACK;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
