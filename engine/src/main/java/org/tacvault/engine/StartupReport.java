package org.tacvault.engine;

import java.util.List;
import java.util.Optional;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.Recovery;

/**
 * What opening a home found unfinished.
 *
 * @param recovered the restore that a killed process left, and what became of it
 * @param held the restore that waits to be confirmed
 * @param interrupted executions that were marked as failed because their process is gone
 * @param removedWorkDirectories leftovers with plaintext copies
 * @param secrets what became of the secrets of destinations
 */
public record StartupReport(
    Optional<Recovery.Report> recovered,
    Optional<HeldRestore> held,
    List<Execution> interrupted,
    int removedWorkDirectories,
    Secrets secrets) {
  /**
   * The secrets of destinations in the catalog.
   *
   * @param sealed names of destinations whose secrets stood in clear and are encrypted now
   * @param rotationFinished whether a rotation of their keys had been killed
   * @param failure why secrets may still stand in clear, or under an old key
   * @param exposures warnings about files of keys that other users may read
   */
  public record Secrets(
      List<String> sealed,
      boolean rotationFinished,
      Optional<EngineException> failure,
      List<String> exposures) {
    static final Secrets NONE = new Secrets(List.of(), false, Optional.empty(), List.of());
  }
}
