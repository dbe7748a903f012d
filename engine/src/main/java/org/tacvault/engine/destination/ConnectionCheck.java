package org.tacvault.engine.destination;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.ConnectionReport.Step;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/** Runs the steps of a connection test in order, up to the first that fails. */
public final class ConnectionCheck {
  private static final byte[] CONTENT = "tacvault check".getBytes(StandardCharsets.US_ASCII);
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
    steps.add(failure == null ? Step.passed(name, duration) : Step.failed(name, duration, failure));
    return this;
  }

  /** Writes, reads back, lists and deletes, each a step; unless an earlier step failed. */
  public ConnectionCheck probe(Probe probe) {
    if (failed) {
      return this;
    }
    return step("write", () -> probe.write(CONTENT))
        .step("read back", () -> requireSame(probe.read()))
        .step("list", probe::list)
        .always("delete", probe::delete);
  }

  /** The steps so far. */
  public ConnectionReport report() {
    return new ConnectionReport(List.copyOf(steps));
  }

  private static void requireSame(byte[] read) {
    if (!Arrays.equals(read, CONTENT)) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              "check destination",
              "what was written",
              "read back other bytes")
          .withHint("the store does not keep what is written to it");
    }
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
