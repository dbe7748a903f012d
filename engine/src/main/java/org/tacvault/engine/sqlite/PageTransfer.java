package org.tacvault.engine.sqlite;

import org.sqlite.core.DB;

/**
 * Follows one run of SQLite's backup API and tells whether it really finished. The driver's return
 * value proves nothing: it is 0 also when nothing was copied (page sizes differ, locks, garbage).
 * But the driver reports progress only after a step that SQLite completed, and "0 pages remaining"
 * only when SQLite said DONE, after the destination's commit.
 */
final class PageTransfer implements DB.ProgressObserver {
  private final int pageSize;
  private final CopyProgress listener;
  private final Runnable onRestart;
  private int lastRemaining = Integer.MAX_VALUE;
  private boolean done;

  PageTransfer(int pageSize, CopyProgress listener, Runnable onRestart) {
    this.pageSize = pageSize;
    this.listener = listener;
    this.onRestart = onRestart;
  }

  @Override
  public void progress(int remaining, int pageCount) {
    if (remaining > lastRemaining) {
      onRestart.run();
    }
    lastRemaining = remaining;
    done = remaining == 0 && pageCount > 0;
    listener.copied((long) (pageCount - remaining) * pageSize, (long) pageCount * pageSize);
  }

  boolean isDone() {
    return done;
  }
}
