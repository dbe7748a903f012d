package org.tacvault.server.run;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.destination.Destination;

/** Backups to stored destinations. */
@Component
public final class BackupRuns {
  private final BackupEngine engine;
  private final RunExecutor runs;

  BackupRuns(BackupEngine engine, RunExecutor runs) {
    this.engine = engine;
    this.runs = runs;
  }

  /**
   * Starts a backup and returns as soon as its execution is in the catalog.
   *
   * @param triggeredBy who or what, for example {@code manual:admin}
   */
  public StartedRun<Execution> start(
      DestinationRecord row, BackupType type, String triggeredBy, @Nullable String comment) {
    return runs.start(progress -> make(row, type, triggeredBy, comment, progress));
  }

  /** Makes a backup in this thread; it can be followed and cancelled all the same. */
  public Execution run(
      DestinationRecord row, BackupType type, String triggeredBy, @Nullable String comment) {
    return runs.run(progress -> make(row, type, triggeredBy, comment, progress));
  }

  private Execution make(
      DestinationRecord row,
      BackupType type,
      String triggeredBy,
      @Nullable String comment,
      RunProgress progress) {
    BackupTarget target = engine.target(row);
    try (Destination ignored = target.destination()) {
      return engine.backups().run(new BackupRequest(target, type, triggeredBy, comment, progress));
    }
  }
}
