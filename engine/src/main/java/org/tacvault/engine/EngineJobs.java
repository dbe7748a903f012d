package org.tacvault.engine;

import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.retention.RetentionRun;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobRunner;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.Trigger;

/** Does what jobs are for with the services of the engine. */
final class EngineJobs implements JobRunner {
  private final BackupEngine engine;

  EngineJobs(BackupEngine engine) {
    this.engine = engine;
  }

  @Override
  public void run(Job job, Trigger trigger, BackupListener listener) {
    if (job.task() == JobTask.BACKUP) {
      backUp(job, trigger, listener);
    } else {
      applyRetention(trigger, listener);
    }
  }

  private void backUp(Job job, Trigger trigger, BackupListener listener) {
    DestinationRecord row = destination(job);
    String comment = job.definition().comment();
    BackupTarget target = engine.target(row);
    try (Destination ignored = target.destination()) {
      engine
          .backups()
          .run(
              new BackupRequest(
                  target,
                  trigger.type(),
                  trigger.by(),
                  comment == null ? "job " + job.id() : comment,
                  listener));
    }
  }

  private DestinationRecord destination(Job job) {
    DestinationRecord row =
        engine.catalog().destinations().get(String.valueOf(job.destinationId()));
    if (!row.enabled()) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "run job",
              "'" + job.id() + "'",
              "its destination '" + row.name() + "' is disabled")
          .withHint("enable the destination, or pause the job");
    }
    return row;
  }

  /** One destination after the other; what fails at one does not keep the others from theirs. */
  private void applyRetention(Trigger trigger, BackupListener listener) {
    EngineException failure = null;
    for (DestinationRecord row : engine.destinations().enabled()) {
      try {
        listener.started(applyRetention(row, trigger).executionId());
      } catch (EngineException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private RetentionRun applyRetention(DestinationRecord row, Trigger trigger) {
    try (Destination destination = engine.destinations().open(row)) {
      return engine.retention().apply(row, destination, trigger.by());
    }
  }
}
