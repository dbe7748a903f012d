package org.tacvault.engine.sqlite;

import org.jspecify.annotations.Nullable;
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
  private @Nullable Throwable failure;

  PageTransfer(int pageSize, CopyProgress listener, Runnable onRestart) {
    this.pageSize = pageSize;
    this.listener = listener;
    this.onRestart = onRestart;
  }

  @Override
  public void progress(int remaining, int pageCount) {
    // The caller is native code that must not see an exception.
    try {
      if (remaining > lastRemaining) {
        onRestart.run();
      }
      listener.copied((long) (pageCount - remaining) * pageSize, (long) pageCount * pageSize);
    } catch (RuntimeException | Error e) {
      if (failure == null) {
        failure = e;
      }
    }
    lastRemaining = remaining;
    done = remaining == 0 && pageCount > 0;
  }

  /** Whether at least one step was completed, so that all locks were there. */
  boolean isStarted() {
    return lastRemaining != Integer.MAX_VALUE;
  }

  /** Whether all pages were copied; throws what a listener threw. */
  boolean isDone() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
    return done;
  }
}
