package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.BusyHandler;

/**
 * Waits for the lock of another program by asking every millisecond. SQLite's own waiting (<a
 * href="https://www.sqlite.org/c3ref/busy_timeout.html">busy_timeout</a>) soon asks ten times a
 * second only: a program that commits all the time lets go of its lock for less than a millisecond,
 * and hardly ever just then, so that a restore waited for minutes, or in vain.
 */
final class EagerWait extends BusyHandler {
  private static final int GO_ON = 1;
  private static final int GIVE_UP = 0;

  private final long patienceNanos;
  private long begun;

  private EagerWait(Duration patience) {
    patienceNanos = patience.toNanos();
  }

  /** Statements of {@code connection} wait so for at most {@code patience}; replaces any other. */
  static void on(Connection connection, Duration patience) throws SQLException {
    BusyHandler.setHandler(connection, new EagerWait(patience));
  }

  @Override
  protected int callback(int earlierCalls) {
    if (earlierCalls == 0) {
      begun = System.nanoTime();
    }
    if (System.nanoTime() - begun >= patienceNanos) {
      return GIVE_UP;
    }
    pause();
    return GO_ON;
  }

  /** Whoever interrupts is heard between two statements, as without waiting. */
  private static void pause() {
    boolean interrupted = Thread.interrupted();
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
