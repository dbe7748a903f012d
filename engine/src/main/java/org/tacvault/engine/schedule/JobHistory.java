package org.tacvault.engine.schedule;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the runs of a job went.
 *
 * @param failureCount runs that failed since the last one that did not
 * @param lastRun when the last run began
 * @param lastExecutionId null when it ended before there was an execution
 * @param lastError why the last run failed, or what it waits for; null when it did not
 */
public record JobHistory(
    int failureCount,
    @Nullable Instant lastRun,
    @Nullable Result lastStatus,
    @Nullable String lastExecutionId,
    @Nullable String lastError) {
  /** It never ran. */
  public static final JobHistory NONE = new JobHistory(0, null, null, null, null);

  /** How a run ended, or that it has not. */
  public enum Result {
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** Somebody else was at work; it is tried again soon. */
    WAITING;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  JobHistory started(Instant at, @Nullable String executionId) {
    return new JobHistory(failureCount, at, Result.RUNNING, executionId, null);
  }

  JobHistory completed() {
    return new JobHistory(0, lastRun, Result.COMPLETED, lastExecutionId, null);
  }

  JobHistory failed(String error) {
    return new JobHistory(failureCount + 1, lastRun, Result.FAILED, lastExecutionId, error);
  }

  JobHistory cancelled(String reason) {
    return new JobHistory(failureCount, lastRun, Result.CANCELLED, lastExecutionId, reason);
  }

  JobHistory waiting(String reason) {
    return new JobHistory(failureCount, lastRun, Result.WAITING, lastExecutionId, reason);
  }
}
