package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.ErrorKind;

/** What a connection test tried, in order; the steps after a failed one are not tried. */
public record ConnectionReport(List<Step> steps) {
  /**
   * One step.
   *
   * @param name resolve, connect, login, write, read back, list, delete, ...
   * @param kind of the failure, null when it passed
   * @param failure why it failed, null when it passed
   * @param hint what to do about the failure
   */
  public record Step(
      String name,
      Duration duration,
      @Nullable ErrorKind kind,
      @Nullable String failure,
      @Nullable String hint) {
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
}
