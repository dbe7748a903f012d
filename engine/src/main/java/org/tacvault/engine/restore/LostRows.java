package org.tacvault.engine.restore;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.sqlite.ReadableDatabase;
import org.tacvault.engine.sqlite.TimedRows;

/**
 * Counts the rows of a history that came since the backup. Rows are told apart by their times only:
 * from the newest archived one on, how many more are live. So a backup that ended within a second
 * of busy logging loses none from the count; rows that were deleted since, of that time or later,
 * are missing in it.
 */
final class LostRows {
  private final ReadableDatabase now;
  private final ReadableDatabase after;
  private final String table;
  private final String column;

  LostRows(ReadableDatabase now, ReadableDatabase after, String table, String column) {
    this.now = now;
    this.after = after;
    this.table = table;
    this.column = column;
  }

  /**
   * @param takenAt when the backup was made; rows that a wrong clock dated later do not hide others
   */
  TimedRows count(Instant takenAt) {
    boolean isArchived = !after.columns(table).isEmpty();
    Instant from = isArchived ? start(takenAt) : null;
    TimedRows live = now.rowsFrom(table, column, from);
    long archived = isArchived ? after.rowsFrom(table, column, from).count() : 0;
    long lost = Math.max(0, live.count() - archived);
    return new TimedRows(lost, lost == 0 ? null : live.newest());
  }

  private @Nullable Instant start(Instant takenAt) {
    Instant newest = after.rowsFrom(table, column, null).newest();
    return newest != null && newest.isAfter(takenAt) ? takenAt : newest;
  }
}
