package org.tacvault.cli;

import java.util.Optional;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * The backup that {@code [backup] create_on_startup} asks for when the service starts, to the first
 * enabled destination (the one added last, as the Python server does it). That it fails is told,
 * and does not stop the service.
 */
final class StartupBackup {
  private static final String TRIGGER = "system";

  private StartupBackup() {}

  /** Makes it, if it is asked for; empty when it is not or when it failed. */
  static Optional<Execution> run(CommandContext context) {
    try {
      return isWanted(context) ? Optional.of(backUp(context)) : Optional.empty();
    } catch (EngineException e) {
      if (e.kind() == ErrorKind.INTERRUPTED) {
        throw e;
      }
      String hint = e.hint().map(text -> " (" + text + ")").orElse("");
      context.console().warn("no backup was made at start: " + e.getMessage() + hint);
      return Optional.empty();
    }
  }

  /** Read without the engine, which a service that has nothing to back up need not open. */
  private static boolean isWanted(CommandContext context) {
    TacacsConfig config = TacacsConfig.load(context.home(), Environment.of(context.environment()));
    return BackupConfig.from(config).createOnStartup();
  }

  private static Execution backUp(CommandContext context) {
    BackupEngine engine = context.engine();
    DestinationRecord row =
        engine.destinations().enabled().stream().findFirst().orElseThrow(StartupBackup::nowhere);
    BackupTarget target = engine.target(row);
    try (Destination ignored = target.destination()) {
      Execution done =
          engine
              .backups()
              .run(
                  new BackupRequest(
                      target, BackupType.STARTUP, TRIGGER, null, BackupListener.NONE));
      context.console().note("Backed up at start to " + done.result().backupPath());
      return done;
    }
  }

  private static EngineException nowhere() {
    return new EngineException(
            ErrorKind.NOT_FOUND, "back up", "at start", "no destination is enabled")
        .withHint("add one: tacvault destination add NAME --type local --path DIR");
  }
}
