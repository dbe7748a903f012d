package org.tacvault.engine.schedule;

import org.tacvault.engine.backup.BackupListener;

/** Does what jobs are for. */
@FunctionalInterface
public interface JobRunner {
  /**
   * Does the work of a job and returns when it is done and recorded.
   *
   * @param listener hears the id of the execution, in the catalog, before the work begins
   * @throws org.tacvault.engine.error.EngineException when the work fails; {@code BUSY} when
   *     somebody else is at it
   */
  void run(Job job, Trigger trigger, BackupListener listener);
}
