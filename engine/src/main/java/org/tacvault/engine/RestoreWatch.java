package org.tacvault.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.HeldRestores;
import org.tacvault.engine.restore.Recovery;

/**
 * Looks after a home in which a restore may wait to be confirmed, and takes it back when its time
 * is over. A look costs next to nothing while nothing waits. Not for several threads.
 */
public final class RestoreWatch {
  private final EngineOptions options;
  private final LongSupplier nanos;
  private @Nullable HeldRestore seen;
  private long seenUntil;

  public RestoreWatch(EngineOptions options) {
    this(options, System::nanoTime);
  }

  /**
   * @param nanos a clock that nobody sets
   */
  RestoreWatch(EngineOptions options, LongSupplier nanos) {
    this.options = options;
    this.nanos = nanos;
  }

  /**
   * Takes the held restore back if it is time, or goes on with a going back that failed; returns
   * what was done. To be called again and again.
   */
  public Optional<Recovery.Report> look() {
    Path journal = options.home().restoreJournal();
    if (!Files.exists(journal)) {
      seen = null;
      return Optional.empty();
    }
    Optional<HeldRestore> held = HeldRestore.find(journal);
    held.ifPresent(this::see);
    boolean isOurs = seen != null;
    return isOurs && held.filter(found -> !isOver(found)).isEmpty() ? goBack() : Optional.empty();
  }

  /** Whether a restore waits, or is on its way back. */
  public boolean isHolding() {
    return seen != null;
  }

  private void see(HeldRestore held) {
    if (!held.equals(seen)) {
      seen = held;
      Duration left = Duration.between(options.clock().instant(), held.deadline());
      seenUntil = nanos.getAsLong() + left.toNanos();
    }
  }

  /** The wall clock decides, but setting it back gains nothing. */
  private boolean isOver(HeldRestore held) {
    return held.isOver(options.clock().instant()) || nanos.getAsLong() - seenUntil >= 0;
  }

  private Optional<Recovery.Report> goBack() {
    try (BackupEngine engine = BackupEngine.open(options)) {
      return engine.startup().recovered().or(() -> takeBack(engine));
    }
  }

  private Optional<Recovery.Report> takeBack(BackupEngine engine) {
    return engine.heldRestores().find().filter(this::isOver).isPresent()
        ? engine.heldRestores().goBack(HeldRestores.NOT_CONFIRMED)
        : Optional.empty();
  }
}
