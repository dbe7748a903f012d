package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tacvault.engine.error.Interruption;

/**
 * One line that all destinations of a process share. Who sends or receives says how many bytes, and
 * waits until they would have gone through at the rate allowed. Safe for use by several threads.
 */
public final class Bandwidth {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanos;
  private final Retries.Pause pause;
  private long freeAt;

  /** Waits by sleeping. */
  public Bandwidth() {
    this(System::nanoTime, wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()));
  }

  /**
   * @param nanos a clock that only its differences count of
   */
  Bandwidth(LongSupplier nanos, Retries.Pause pause) {
    this.nanos = nanos;
    this.pause = pause;
    this.freeAt = nanos.getAsLong();
  }

  /**
   * Waits until {@code bytes} more fit; {@code INTERRUPTED} when the thread is stopped.
   *
   * @param perSecond bytes per second, greater than 0
   */
  void pass(long bytes, long perSecond, String operation, Object subject) {
    Interruption.check(operation, subject);
    long wait = reserve(bytes, perSecond);
    try {
      if (wait > 0) {
        pause.last(Duration.ofNanos(wait));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Interruption.check(operation, subject);
    }
  }

  // Time in which nobody sent anything is lost: nothing is ever made up for by a burst.
  private synchronized long reserve(long bytes, long perSecond) {
    long now = nanos.getAsLong();
    freeAt = (freeAt - now > 0 ? freeAt : now) + Math.round(bytes * NANOS_PER_SECOND / perSecond);
    return freeAt - now;
  }
}
