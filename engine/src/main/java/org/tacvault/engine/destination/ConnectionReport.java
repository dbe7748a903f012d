package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What a connection test tried, in order; the steps after a failed one are not tried. */
public record ConnectionReport(List<Step> steps) {
  private static final String FAILED = "Connection test failed: ";

  /**
   * One step.
   *
   * @param name resolve, connect, login, write, read back, list, delete, ...
   * @param failure why it failed, null when it passed
   * @param hint what to do about the failure
   * @param kind of the failure, null when it passed
   */
  public record Step(
      String name,
      Duration duration,
      @Nullable String failure,
      @Nullable String hint,
      @Nullable ErrorKind kind) {
    static Step passed(String name, Duration duration) {
      return new Step(name, duration, null, null, null);
    }

    static Step failed(String name, Duration duration, EngineException failure) {
      String hint = failure.hint().orElse(null);
      return new Step(name, duration, failure.reason(), hint, failure.kind());
    }

    public boolean passed() {
      return failure == null;
    }
  }

  public boolean passed() {
    return steps.stream().allMatch(Step::passed);
  }

  /** The step that failed, if one did. */
  public Optional<Step> failed() {
    return steps.stream().filter(step -> !step.passed()).findFirst();
  }

  /** Whether it failed for a reason that may pass. */
  boolean isUnreachable() {
    return failed().filter(step -> step.kind() == ErrorKind.UNREACHABLE).isPresent();
  }

  /** Whether {@code failure} is what {@link #requirePassed} throws. */
  public static boolean caused(EngineException failure) {
    return failure.reason().startsWith(FAILED);
  }

  /** Throws the failure of the step that failed, for {@code operation} on {@code subject}. */
  public void requirePassed(String operation, String subject) {
    for (Step step : steps) {
      if (step.kind() != null) {
        String reason = FAILED + step.name() + ": " + step.failure();
        EngineException failure = new EngineException(step.kind(), operation, subject, reason);
        throw step.hint() == null ? failure : failure.withHint(step.hint());
      }
    }
  }
}
