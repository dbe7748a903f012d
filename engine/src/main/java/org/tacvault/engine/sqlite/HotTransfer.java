package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;

/**
 * One run of SQLite's backup API from a staged copy into a live database. The first step takes the
 * write lock, which is kept to the commit in the last one; between them runs the last moment. There
 * are always two steps at least (but for a database of one page, which has no tables).
 */
final class HotTransfer {
  /** Below half of the cache, so that the first step writes no page of the live file. */
  private static final int STEP_BYTES = 16 << 20;

  private static final int CACHE_KIB = 64 << 10;

  private final Path staged;
  private final Connection live;
  private final SqliteHeader header;
  private final HotReplacement.Room room;
  private final Runnable lastMoment;
  private final CopyProgress progress;
  private boolean lastMomentCame;

  HotTransfer(
      Path staged,
      Connection live,
      SqliteHeader header,
      HotReplacement.Room room,
      Runnable lastMoment,
      CopyProgress progress) {
    this.staged = staged;
    this.live = live;
    this.header = header;
    this.room = room;
    this.lastMoment = lastMoment;
    this.progress = progress;
  }

  /**
   * Copies all pages.
   *
   * @return the transfer that finished, or the last that could not
   */
  PageTransfer run(HotReplacement.Patience patience) throws SQLException, IOException {
    try (Statement statement = live.createStatement();
        Brake brake = Brake.on(staged)) {
      statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
      long begun = System.nanoTime();
      PageTransfer transfer = attempt(brake, patience.attempt(1));
      for (int number = 2; isWorthATry(transfer) && isLeft(patience, begun); number++) {
        pause(patience.shortest());
        transfer = attempt(brake, patience.attempt(number));
      }
      return transfer;
    }
  }

  private static boolean isLeft(HotReplacement.Patience patience, long begun) {
    return System.nanoTime() - begun < patience.all().toNanos();
  }

  /** Waits for locks for this long at most: meanwhile it may keep others from reading. */
  private PageTransfer attempt(Brake brake, Duration wait) throws SQLException, IOException {
    long pages = Files.size(staged) / header.pageSize();
    if (pages < 2) {
      reachLastMoment();
    }
    PageTransfer transfer =
        new PageTransfer(
            header.pageSize(), (copied, total) -> stepped(brake, copied, total), () -> {});
    EagerWait.on(live, wait);
    Sqlite.unwrap(live)
        .getDatabase()
        .restore(
            "main",
            Sqlite.copyUri(staged),
            transfer,
            0,
            0,
            (int) Math.max(1, Math.min(pages - 1, STEP_BYTES / header.pageSize())));
    return transfer;
  }

  /** The driver says 0 for a lock and for a full disk, which does not become empty by waiting. */
  private boolean isWorthATry(PageTransfer transfer) throws IOException {
    return !transfer.isStarted() && room.isEnough(false);
  }

  private void stepped(Brake brake, long copied, long total) {
    try {
      reachLastMoment();
      progress.copied(copied, total);
    } catch (RuntimeException | Error e) {
      stop(brake, e);
      throw e;
    }
  }

  private void reachLastMoment() {
    if (!lastMomentCame) {
      lastMomentCame = true;
      lastMoment.run();
    }
  }

  private static void stop(Brake brake, Throwable reason) {
    try {
      brake.pull();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private void pause(Duration time) {
    Interruption.check("replace database", staged.getFileName());
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
              ErrorKind.INTERRUPTED, "replace database", staged.getFileName(), "it was stopped")
          .withCause(e);
    }
  }
}
