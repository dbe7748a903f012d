package org.tacvault.engine.schedule;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends thread pools together. */
final class Pools {
  private Pools() {}

  static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> new Thread(task, name + "-" + number.incrementAndGet());
  }

  /**
   * Takes no new work; what has not ended after {@code patience} is interrupted and gets {@code
   * cleaning} to end.
   */
  static void end(List<ExecutorService> pools, Duration patience, Duration cleaning) {
    pools.forEach(ExecutorService::shutdown);
    if (!awaited(pools, patience)) {
      pools.forEach(ExecutorService::shutdownNow);
      awaited(pools, cleaning);
    }
  }

  private static boolean awaited(List<ExecutorService> pools, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean ended = true;
    for (ExecutorService pool : pools) {
      ended &= awaited(pool, deadline - System.nanoTime());
    }
    return ended;
  }

  private static boolean awaited(ExecutorService pool, long nanos) {
    try {
      return pool.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
