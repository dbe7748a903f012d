package org.tacvault.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Keeps the Java machine from ending, on Ctrl-C or SIGTERM, before something has been closed, how
 * long that may take. A service lets its backups go on for a while; it bounds that itself.
 */
final class SlowEnd implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::await, "slow-end");

  private SlowEnd() {}

  static SlowEnd begin() {
    SlowEnd end = new SlowEnd();
    Runtime.getRuntime().addShutdownHook(end.hook);
    return end;
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running already, and returns now.
    }
  }
}
