package org.tacvault.server.schedule;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.server.run.BackupRuns;

/**
 * The backup that {@code [backup] create_on_startup} asks for when the service starts, to the first
 * enabled destination (the one added last, as the Python server does it), in the background. That
 * it fails is told, and does not stop the service.
 */
@Component
class StartupBackup {
  private static final Logger LOG = LoggerFactory.getLogger(StartupBackup.class);
  private static final String TRIGGER = "system";

  private final BackupEngine engine;
  private final BackupRuns backups;

  StartupBackup(BackupEngine engine, BackupRuns backups) {
    this.engine = engine;
    this.backups = backups;
  }

  /** Starts it, if it is asked for; returns the id of its execution. */
  Optional<String> start() {
    try {
      if (!engine.getBackupConfig().createOnStartup()) {
        return Optional.empty();
      }
      DestinationRecord row =
          engine.destinations().enabled().stream().findFirst().orElseThrow(StartupBackup::nowhere);
      String id = backups.start(row, BackupType.STARTUP, TRIGGER, null).executionId();
      LOG.info("Backing up at start to '{}': execution {}", row.name(), id);
      return Optional.of(id);
    } catch (EngineException e) {
      String hint = e.hint().map(text -> " (" + text + ")").orElse("");
      LOG.warn("No backup was made at start: {}{}", e.getMessage(), hint);
      return Optional.empty();
    }
  }

  private static EngineException nowhere() {
    return new EngineException(
            ErrorKind.NOT_FOUND, "back up", "at start", "no destination is enabled")
        .withHint("add one: tacvault destination add NAME --type local --path DIR");
  }
}
