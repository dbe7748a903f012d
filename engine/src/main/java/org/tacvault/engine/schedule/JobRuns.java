package org.tacvault.engine.schedule;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.Claims;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.Failures;
import org.tacvault.engine.catalog.NewExecution;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.ProcessLock;

/** Runs jobs, one run of a job at a time across processes, and writes down how that went. */
public final class JobRuns {
  private final Jobs jobs;
  private final Claims claims;
  private final Catalog catalog;
  private final String owner;
  private final InstantSource clock;
  private final JobRunner runner;

  /**
   * @param owner names this process in executions
   */
  public JobRuns(
      Jobs jobs,
      Claims claims,
      Catalog catalog,
      String owner,
      InstantSource clock,
      JobRunner runner) {
    this.jobs = jobs;
    this.claims = claims;
    this.catalog = catalog;
    this.owner = owner;
    this.clock = clock;
    this.runner = runner;
  }

  Jobs jobs() {
    return jobs;
  }

  /**
   * Runs a job now, whether it is its time or not.
   *
   * @throws EngineException what the work failed with; {@code BUSY} when it, or another backup to
   *     its destination, is running already
   */
  public void run(Job job, Trigger trigger, BackupListener listener) {
    JobRecord record = new JobRecord(jobs.store(), job.id(), clock, listener);
    try (ProcessLock ignored = claims.job(job.id())) {
      runner.run(job, trigger, record);
      record.completed();
    } catch (RuntimeException | Error failure) {
      if (record.hasNotStarted() && trigger.isTime()) {
        missed(job, trigger, record, failure);
      }
      record.failed(failure, trigger.isTime());
      throw failure;
    } catch (IOException e) {
      throw IoFailures.of("end job", job.id(), e);
    }
  }

  /** A run that could not even begin is to be seen among the executions too. */
  private void missed(Job job, Trigger trigger, JobRecord record, Throwable failure) {
    if (Aftermath.isBusy(failure)) {
      return;
    }
    try {
      String id = catalog.begin(execution(job, trigger));
      record.started(id);
      Failures.record(catalog, id, failure, clock.instant());
    } catch (EngineException e) {
      failure.addSuppressed(e);
    }
  }

  private NewExecution execution(Job job, Trigger trigger) {
    boolean isBackup = job.task() == JobTask.BACKUP;
    return new NewExecution(
        isBackup ? ExecutionKind.BACKUP : ExecutionKind.RETENTION,
        job.destinationId(),
        isBackup ? trigger.type().id() : null,
        trigger.by(),
        job.definition().comment(),
        null,
        Set.of(),
        owner,
        clock.instant(),
        null);
  }
}
