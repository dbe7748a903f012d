package org.tacvault.engine.schedule;

import org.tacvault.engine.backup.BackupType;

/**
 * Why a job runs.
 *
 * @param by as the execution will name it
 */
public record Trigger(BackupType type, String by) {
  /** Its time has come. */
  static Trigger timeOf(Job job) {
    return new Trigger(BackupType.SCHEDULED, "scheduler:" + job.id());
  }

  /** Somebody wants it now, for example {@code manual:admin}. */
  public static Trigger person(String by) {
    return new Trigger(BackupType.MANUAL, by);
  }

  boolean isTime() {
    return type == BackupType.SCHEDULED;
  }
}
