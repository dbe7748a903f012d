package org.tacvault.server.api.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobHistory;

/** What is answered about jobs; up to {@code status} and {@code lastRun} the Python server's. */
public final class ScheduleViews {
  private ScheduleViews() {}

  public record All(List<Listed> jobs, boolean schedulerRunning) {}

  /**
   * A job in the list.
   *
   * @param lastRun absent until it has run
   * @param task backup or retention
   */
  public record Listed(
      String jobId,
      @Nullable Instant nextRun,
      String createdBy,
      Instant createdAt,
      String scheduleType,
      String scheduleValue,
      @Nullable String destinationId,
      int failureCount,
      String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastRun,
      String task,
      String words,
      String timeZone,
      @Nullable String comment,
      @Nullable Integer retries,
      @Nullable Boolean catchUp,
      @Nullable String lastStatus,
      @Nullable String lastExecutionId,
      @Nullable String lastError) {
    static Listed of(Job job) {
      JobHistory history = job.history();
      return new Listed(
          job.id(),
          job.nextRun(),
          job.definition().createdBy(),
          job.definition().createdAt(),
          job.schedule().type(),
          job.schedule().value(),
          job.destinationId(),
          history.failureCount(),
          job.status().id(),
          history.lastRun(),
          job.task().id(),
          job.schedule().words(),
          job.schedule().zoneName(),
          job.definition().comment(),
          job.definition().retries(),
          job.definition().catchUp(),
          history.lastStatus() == null ? null : history.lastStatus().id(),
          history.lastExecutionId(),
          history.lastError());
    }
  }

  public record Added(
      String jobId,
      String scheduleType,
      String scheduleValue,
      @Nullable String destinationId,
      String timeZone,
      @Nullable Instant nextRun,
      String words) {
    static Added of(Job job) {
      return new Added(
          job.id(),
          job.schedule().type(),
          job.schedule().value(),
          job.destinationId(),
          job.schedule().zoneName(),
          job.nextRun(),
          job.schedule().words());
    }
  }

  /** The answer to a change; {@code status} says what the job does now. */
  public record Changed(boolean success, @Nullable String status) {}

  public record Triggered(String executionId, String status, String message) {}

  public record Previewed(
      String scheduleType,
      String scheduleValue,
      String timeZone,
      String words,
      List<Instant> nextRuns) {}
}
