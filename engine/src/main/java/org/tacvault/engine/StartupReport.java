package org.tacvault.engine;

import java.util.List;
import java.util.Optional;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.Recovery;

/**
 * What opening a home found unfinished.
 *
 * @param recovered the restore that a killed process left, and what became of it
 * @param held the restore that waits to be confirmed
 * @param interrupted executions that were marked as failed because their process is gone
 * @param removedWorkDirectories leftovers with plaintext copies
 */
public record StartupReport(
    Optional<Recovery.Report> recovered,
    Optional<HeldRestore> held,
    List<Execution> interrupted,
    int removedWorkDirectories) {
  /** Whether there was nothing to do, and is nothing to decide. */
  public boolean isClean() {
    return recovered.isEmpty()
        && held.isEmpty()
        && interrupted.isEmpty()
        && removedWorkDirectories == 0;
  }
}
