package org.tacvault.engine.backup;

/**
 * Hears how far a backup is; does nothing unless overridden. An exception of a listener fails the
 * backup.
 */
public interface BackupListener {
  /** Hears nothing. */
  BackupListener NONE = new BackupListener() {};

  /** The execution is in the catalog. */
  default void started(String executionId) {}

  default void stage(BackupStage stage) {}

  /** Bytes that the present stage has done; the total may change while databases are written. */
  default void progress(BackupStage stage, long doneBytes, long totalBytes) {}
}
