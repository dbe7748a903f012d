package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConnectionReport.Step;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;

/** Runs the steps of a connection test in order, up to the first that fails. */
public final class ConnectionCheck {
  private final List<Step> steps = new ArrayList<>();
  private boolean failed;

  /** One step's work; what it throws is the step's failure. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /** Runs {@code action}, unless an earlier step failed. */
  public ConnectionCheck step(String name, Action action) {
    return failed ? this : always(name, action);
  }

  /** Runs {@code action} also after a failure: for cleaning up. */
  public ConnectionCheck always(String name, Action action) {
    long start = System.nanoTime();
    EngineException failure = tryOut(name, action);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    failed |= failure != null;
    steps.add(
        failure == null
            ? new Step(name, duration, null, null, null)
            : new Step(
                name, duration, failure.kind(), failure.reason(), failure.hint().orElse(null)));
    return this;
  }

  /** The steps so far. */
  public ConnectionReport report() {
    return new ConnectionReport(List.copyOf(steps));
  }

  private static @Nullable EngineException tryOut(String name, Action action) {
    try {
      action.run();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return IoFailures.of("check destination", name, e);
    } catch (Exception e) {
      return IoFailures.of("check destination", name, e);
    }
  }
}
