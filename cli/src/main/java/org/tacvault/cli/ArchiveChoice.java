package org.tacvault.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.verify.ArchiveRef;
import picocli.CommandLine.Option;

/** The options that name one archive: a file, a stored one, or the latest. */
final class ArchiveChoice {
  private static final String WAYS =
      "--archive FILE, --destination NAME --backup PATH, or --latest";
  private static final String OPERATION = "choose backup";

  @Option(names = "--archive", paramLabel = "FILE", description = "An archive on this machine.")
  private @Nullable Path archive;

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      description = "Name or id of the destination that holds the backup.")
  private @Nullable String destination;

  @Option(
      names = "--backup",
      paramLabel = "PATH",
      description = "Path or file name of a backup, as list shows it; needs --destination.")
  private @Nullable String backup;

  @Option(
      names = "--latest",
      description =
          "The newest good backup of this server, at all destinations or at --destination;"
              + " emergency backups do not count.")
  private boolean latest;

  /** Whether the archive is a file, so that no server is needed to find it. */
  boolean isFile() {
    return archive != null;
  }

  /** Whether any of the options was given. */
  boolean isGiven() {
    return archive != null || destination != null || backup != null || latest;
  }

  /** Fails when the options do not name just one archive. */
  void check(TacvaultCommand command) {
    String problem = problem();
    if (problem != null) {
      throw command.wrongArguments(problem);
    }
  }

  private @Nullable String problem() {
    int ways = (archive == null ? 0 : 1) + (backup == null ? 0 : 1) + (latest ? 1 : 0);
    if (ways != 1) {
      return "give just one of " + WAYS;
    }
    if (backup != null && destination == null) {
      return "--backup needs --destination";
    }
    return archive != null && destination != null
        ? "--archive and --destination exclude each other"
        : null;
  }

  /** The archive that is meant; to be closed. */
  ChosenArchive choose(CommandContext context) {
    if (archive != null) {
      return new ChosenArchive(new ArchiveRef.File(context.path(archive)));
    }
    BackupEngine engine = context.engineForRestore();
    if (latest) {
      return new LatestBackup(engine).find(destination);
    }
    DestinationRecord row = engine.catalog().destinations().get(String.valueOf(destination));
    Destination source = engine.source(row);
    return new ChosenArchive(
        new ArchiveRef.Stored(row.id(), source, find(source, row, String.valueOf(backup))));
  }

  private static String find(Destination source, DestinationRecord row, String wanted) {
    List<String> found =
        source.list().stream()
            .filter(stored -> matches(stored, wanted))
            .map(StoredArchive::path)
            .toList();
    if (found.isEmpty()) {
      throw new EngineException(
              ErrorKind.NOT_FOUND, OPERATION, wanted, "there is no such backup at " + row.name())
          .withHint("tacvault list --destination '" + row.name() + "' shows what is stored");
    }
    if (found.size() > 1) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, OPERATION, wanted, "several backups have that name")
          .withHint("give the whole path: " + String.join(", ", found));
    }
    return found.get(0);
  }

  private static boolean matches(StoredArchive stored, String wanted) {
    return stored.path().equals(wanted) || stored.path().endsWith("/" + wanted);
  }
}
