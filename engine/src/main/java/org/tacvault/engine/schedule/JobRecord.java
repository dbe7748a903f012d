package org.tacvault.engine.schedule;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Listens to one run and keeps the history of its job; passes on what it hears. */
final class JobRecord implements BackupListener {
  private final JobStore store;
  private final String jobId;
  private final InstantSource clock;
  private final BackupListener listener;
  private @Nullable String executionId;

  JobRecord(JobStore store, String jobId, InstantSource clock, BackupListener listener) {
    this.store = store;
    this.jobId = jobId;
    this.clock = clock;
    this.listener = listener;
  }

  /** Only the first execution of a run counts: retention has one per destination. */
  @Override
  public void started(String id) {
    if (executionId == null) {
      executionId = id;
      store.record(jobId, history().started(clock.instant(), id));
      listener.started(id);
    }
  }

  @Override
  public void stage(BackupStage stage) {
    listener.stage(stage);
  }

  @Override
  public void progress(BackupStage stage, long doneBytes, long totalBytes) {
    listener.progress(stage, doneBytes, totalBytes);
  }

  boolean hasNotStarted() {
    return executionId == null;
  }

  void completed() {
    if (executionId == null) {
      store.record(jobId, history().started(clock.instant(), null).completed());
    } else {
      store.record(jobId, history().completed());
    }
  }

  /** What a person asked for and was refused leaves no trace, what was due and failed does. */
  void failed(Throwable failure, boolean wasDue) {
    if (hasNotStarted() && !wasDue) {
      return;
    }
    try {
      store.record(jobId, after(failure));
    } catch (EngineException e) {
      failure.addSuppressed(e);
    }
  }

  private JobHistory after(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    if (Aftermath.isBusy(failure)) {
      return history().waiting(reason);
    }
    return failure instanceof EngineException known && known.kind() == ErrorKind.INTERRUPTED
        ? history().cancelled(reason)
        : history().failed(reason);
  }

  private JobHistory history() {
    return store.find(jobId).map(Job::history).orElse(JobHistory.NONE);
  }
}
