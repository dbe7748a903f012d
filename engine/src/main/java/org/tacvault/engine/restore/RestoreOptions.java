package org.tacvault.engine.restore;

import java.time.Duration;
import java.util.Optional;

/**
 * How a restore is made.
 *
 * @param dryRun plans only: nothing is claimed, recorded or changed
 * @param force goes on without an emergency backup when it fails, and restores to paths outside the
 *     home that the archive names
 * @param keepRevocations does not bring back accounts, privileges and secrets that were withdrawn
 *     since the backup from users and devices; refused when that cannot be known, unless forced
 * @param confirmWithin goes back by itself unless it is confirmed in that time; empty keeps the
 *     restore at once
 */
public record RestoreOptions(
    boolean dryRun,
    boolean force,
    History history,
    boolean keepRevocations,
    Optional<Duration> confirmWithin) {
  /** A plain restore, as in the guide. */
  public static final RestoreOptions PLAIN =
      new RestoreOptions(false, false, History.REPLACE, false, Optional.empty());

  public RestoreOptions withDryRun(boolean newDryRun) {
    return new RestoreOptions(newDryRun, force, history, keepRevocations, confirmWithin);
  }

  public RestoreOptions withForce(boolean newForce) {
    return new RestoreOptions(dryRun, newForce, history, keepRevocations, confirmWithin);
  }

  public RestoreOptions withHistory(History newHistory) {
    return new RestoreOptions(dryRun, force, newHistory, keepRevocations, confirmWithin);
  }

  public RestoreOptions withKeepRevocations(boolean newKeepRevocations) {
    return new RestoreOptions(dryRun, force, history, newKeepRevocations, confirmWithin);
  }

  public RestoreOptions withConfirmWithin(Optional<Duration> newConfirmWithin) {
    return new RestoreOptions(dryRun, force, history, keepRevocations, newConfirmWithin);
  }
}
