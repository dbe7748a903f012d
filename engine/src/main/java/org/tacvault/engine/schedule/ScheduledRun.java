package org.tacvault.engine.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What happens when a job is due, between db-scheduler and the job's run. */
final class ScheduledRun {
  private static final EngineException INTERRUPTED =
      new EngineException(
          ErrorKind.FAILED, "run job", "", "interrupted: the service ended while it ran");

  private final JobRuns runs;
  private final Supplier<JobRules> rules;
  private final ScheduleListener listener;
  private final InstantSource clock;
  private final BooleanSupplier stopping;

  ScheduledRun(
      JobRuns runs,
      Supplier<JobRules> rules,
      ScheduleListener listener,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.runs = runs;
    this.rules = rules;
    this.listener = listener;
    this.clock = clock;
    this.stopping = stopping;
  }

  Task<Void> task() {
    return Tasks.custom(Agenda.TASK, Void.class)
        .onFailure(
            (ended, operations) ->
                end(ended.getExecution(), ended.getCause().orElse(null), operations))
        .onDeadExecution((ended, operations) -> died(ended.getExecution(), operations))
        .execute(this::run);
  }

  private CompletionHandler<Void> run(TaskInstance<Void> due, ExecutionContext context) {
    Execution execution = context.getExecution();
    Throwable failure = null;
    Optional<Job> job = runs.jobs().store().find(due.getId());
    if (job.isPresent() && job.get().status() == JobStatus.SCHEDULED) {
      failure = run(job.get());
    }
    if (failure != null && stopping.getAsBoolean()) {
      // It is due still: the next start decides whether to make up for it.
      return (ended, operations) -> operations.reschedule(ended, execution.executionTime);
    }
    Throwable cause = failure;
    return (ended, operations) -> end(execution, cause, operations);
  }

  private @Nullable Throwable run(Job job) {
    try {
      runs.run(
          job,
          Trigger.timeOf(job),
          new BackupListener() {
            @Override
            public void started(String executionId) {
              listener.started(job, executionId);
            }
          });
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void died(Execution execution, ExecutionOperations<Void> operations) {
    JobStore store = runs.jobs().store();
    String id = execution.taskInstance.getId();
    store.find(id).ifPresent(job -> store.record(id, job.history().failed(INTERRUPTED.reason())));
    end(execution, INTERRUPTED, operations);
  }

  /** Looks at the job again: it may have been changed, paused or removed meanwhile. */
  private void end(
      Execution execution, @Nullable Throwable failure, ExecutionOperations<Void> operations) {
    Instant now = clock.instant();
    Optional<Job> job = runs.jobs().store().find(execution.taskInstance.getId());
    int attempt = execution.consecutiveFailures;
    Optional<Instant> next = Optional.empty();
    if (job.isPresent()) {
      int retries = rules.get().retries(job.get());
      next = Aftermath.next(job.get(), execution.executionTime, now, failure, attempt, retries);
      boolean retried = Aftermath.isRetried(failure, attempt, retries);
      Optional<Instant> again = next;
      again.ifPresent(
          at -> operations.reschedule(ended(execution, now, retried ? failure : null), at));
      listener.ended(job.get(), next);
    }
    if (next.isEmpty()) {
      operations.remove();
    }
  }

  /** db-scheduler counts failures in a row; we count retries of one regular run with that. */
  private static ExecutionComplete ended(
      Execution execution, Instant now, @Nullable Throwable retriedFailure) {
    return retriedFailure == null
        ? ExecutionComplete.success(execution, now, now)
        : ExecutionComplete.failure(execution, now, now, retriedFailure);
  }
}
