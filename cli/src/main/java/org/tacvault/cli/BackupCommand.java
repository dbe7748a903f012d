package org.tacvault.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes a backup, stores it and reads it back. With {@code --json}: {@code execution_id,
 * destination, path, filename, size_bytes, packed_bytes, sha256, records, files, duration_ms,
 * stages_ms, warnings}; {@code size_bytes} is what was saved, {@code packed_bytes} what is stored.
 */
@Command(
    name = "backup",
    description = "Back up the server's configuration and databases.",
    footer = {"", "Example: tacvault backup --home /opt/tacacs --to /srv/backups"})
final class BackupCommand extends TacvaultCommand {
  /** Where to; one way or the other. */
  static final class Place {
    @Option(
        names = "--destination",
        paramLabel = "NAME",
        description = "Name or id of a destination (default: the only enabled one).")
    private @Nullable String destination;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "A directory instead of a destination; nothing in it is ever deleted.")
    private @Nullable Path directory;
  }

  @ArgGroup private @Nullable Place place;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with the backup.")
  private @Nullable String comment;

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.engine();
    requireEncryptionIfAsked(context, engine);
    BackupTarget target = target(context, engine);
    Execution done;
    try (Destination ignored = target.destination();
        ProgressBar bar = context.console().progress(context.clock())) {
      done =
          engine
              .backups()
              .run(
                  new BackupRequest(
                      target,
                      BackupType.MANUAL,
                      context.triggeredBy(),
                      comment,
                      Progress.ofBackup(bar)));
    }
    BackupAnswer answer = BackupAnswer.of(done, target.label());
    context.console().answer(answer, answer::text);
    answer.warnings().forEach(context.console()::warn);
    return answer.warnings().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
  }

  private BackupTarget target(CommandContext context, BackupEngine engine) {
    if (place != null && place.directory != null) {
      return engine.target(context.path(place.directory));
    }
    return engine.target(row(engine));
  }

  private DestinationRecord row(BackupEngine engine) {
    if (place == null || place.destination == null) {
      return engine.destinations().only();
    }
    DestinationRecord row = engine.catalog().destinations().get(place.destination);
    if (!row.enabled()) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "back up to",
              "'" + row.name() + "'",
              "the destination is disabled")
          .withHint("enable it, or name another one");
    }
    return row;
  }

  private static void requireEncryptionIfAsked(CommandContext context, BackupEngine engine) {
    if (context.passphrase().isPresent() && !engine.getBackupConfig().encryptionEnabled()) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "encrypt backup of",
              engine.home().root(),
              "a passphrase was given, but the configuration switches encryption off")
          .withHint("set [backup] encryption_enabled = true, or leave --passphrase-file out");
    }
  }
}
