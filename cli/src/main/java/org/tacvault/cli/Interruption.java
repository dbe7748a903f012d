package org.tacvault.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the command's thread is interrupted and gets some time to remove its work
 * directory and record what happened, before the Java machine ends with 130 or 143 (128 + signal).
 */
final class Interruption {
  /** For commands; a service has more, see {@link SlowEnd}. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Thread worker;
  private final Duration patience;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  Interruption(Thread worker, Duration patience) {
    this.worker = worker;
    this.patience = patience;
  }

  /** Interrupts {@code worker} when this process is told to end. */
  static Interruption of(Thread worker) {
    Interruption interruption = new Interruption(worker, PATIENCE);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::request, "interruption"));
    return interruption;
  }

  /** Interrupts the worker unless it has finished, and waits until it has, or patience ends. */
  void request() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    worker.interrupt();
    try {
      finished.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The worker has unwound: nothing is left to wait for. */
  void finished() {
    finished.countDown();
  }

  boolean isRequested() {
    return requested;
  }
}
