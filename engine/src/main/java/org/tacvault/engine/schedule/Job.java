package org.tacvault.engine.schedule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored job.
 *
 * @param running whether the service is at work on it because its time came
 * @param nextRun null when it is paused or manual
 */
public record Job(
    NewJob definition,
    boolean paused,
    boolean running,
    JobHistory history,
    @Nullable Instant nextRun) {
  /** Who makes the jobs that nobody made. */
  public static final String SYSTEM = "system";

  public String id() {
    return definition.id();
  }

  public Schedule schedule() {
    return definition.schedule();
  }

  public JobTask task() {
    return definition.task();
  }

  public @Nullable String destinationId() {
    return definition.destinationId();
  }

  public JobStatus status() {
    if (schedule() instanceof ManualSchedule) {
      return JobStatus.MANUAL;
    }
    return paused ? JobStatus.PAUSED : JobStatus.SCHEDULED;
  }

  /** Its next run when it is due, or was, at {@code planned}; empty when it runs no more. */
  Optional<Instant> nextAfter(Instant planned, Instant now) {
    return status() == JobStatus.SCHEDULED ? schedule().next(planned, now) : Optional.empty();
  }

  /** The same with the run after the present one as its next. */
  Job lookingAhead(Instant now) {
    return running && nextRun != null
        ? new Job(definition, paused, true, history, nextAfter(nextRun, now).orElse(null))
        : this;
  }
}
