package org.tacvault.engine.restore;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupService;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.source.Source;

/**
 * The emergency backup before a restore.
 *
 * @param archive what will be restored, for the comment
 * @param force goes on without it when it fails
 */
record SafetyCopy(RestoreService.Parts parts, String archive, boolean force) {
  private static final String COMMENT = "before restore ";
  private static final String TRIGGER = "system:pre-restore";

  /** Where the emergency backup of a restore lies that could not record it itself. */
  static Optional<String> of(Catalog catalog, String restoreId) {
    String comment = COMMENT + restoreId + " ";
    return catalog
        .list(
            ExecutionFilter.newest()
                .withKind(ExecutionKind.BACKUP)
                .withStatus(ExecutionStatus.COMPLETED))
        .stream()
        .filter(backup -> String.valueOf(backup.request().comment()).startsWith(comment))
        .map(backup -> backup.result().backupPath())
        .filter(Objects::nonNull)
        .findFirst();
  }

  /**
   * Saves everything that is live.
   *
   * @param warnings hears why there is none although there should be
   * @return the backup; empty when nothing was live
   * @throws EngineException when it failed and the restore must not go on without it
   */
  Optional<Execution> take(ServerContext live, String restoreId, Consumer<String> warnings) {
    if (live.sources().stream().noneMatch(Source::exists)) {
      return Optional.empty();
    }
    try {
      return Optional.of(backUp(live, restoreId));
    } catch (EngineException e) {
      if (!mayGoOnWithout(live) || e.kind() == ErrorKind.INTERRUPTED) {
        throw unsaved(e);
      }
      warnings.accept("there is no emergency backup: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Execution backUp(ServerContext live, String restoreId) {
    BackupTarget target = parts.emergencyTarget().of(live);
    String comment = COMMENT + restoreId + " of " + archive;
    try (Destination ignored = target.destination()) {
      return new BackupService(live, parts.host(), parts.catalog(), parts.claims(), parts.clock())
          .run(
              new BackupRequest(
                  target, BackupType.EMERGENCY, TRIGGER, comment, BackupListener.NONE));
    }
  }

  private boolean mayGoOnWithout(ServerContext live) {
    return force
        || live.validSettings()
            .filter(valid -> valid.safetyBackup() == BackupConfig.SafetyBackup.BEST_EFFORT)
            .isPresent();
  }

  private static EngineException unsaved(EngineException cause) {
    EngineException unsaved =
        new EngineException(
                cause.kind(),
                "make emergency backup",
                cause.subject(),
                cause.reason() + "; nothing was restored")
            .withCause(cause);
    return cause.kind() == ErrorKind.INTERRUPTED
        ? unsaved
        : unsaved.withHint(
            cause.hint().map(hint -> hint + ", or ").orElse("")
                + "repeat with --force to restore without a safety copy");
  }
}
