package org.tacvault.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import picocli.CommandLine.Option;

/** The options that say which stored archives are encrypted anew. */
final class RekeyPlaces {
  @Option(
      names = "--destination",
      paramLabel = "NAME",
      description = "Name or id of a destination.")
  private @Nullable String destination;

  @Option(
      names = "--backup",
      paramLabel = "PATH",
      description = "Only this backup, as list shows it; needs --destination or --from.")
  private @Nullable String backup;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "A directory instead of a destination.")
  private @Nullable Path directory;

  @Option(
      names = "--all",
      description = "All destinations, and the emergency backups of this server.")
  private boolean all;

  @Option(
      names = "--all-instances",
      description =
          "Also backups of other servers at the same place, whose catalogs do not follow"
              + " (default: of this server).")
  private boolean allInstances;

  /**
   * One place.
   *
   * @param row null for a directory
   */
  record Place(@Nullable DestinationRecord row, @Nullable Path path) {
    String label() {
      return row == null ? claim() : row.name();
    }

    @Nullable String destinationId() {
      return row == null ? null : row.id();
    }

    /** The same as for backups to this place. */
    String claim() {
      return row == null ? String.valueOf(path) : row.id();
    }

    Destination open(BackupEngine engine) {
      return row == null
          ? engine.target(Optional.ofNullable(path).orElseThrow()).destination()
          : engine.source(row);
    }
  }

  List<Place> choose(TacvaultCommand command, CommandContext context, BackupEngine engine) {
    int ways = (destination == null ? 0 : 1) + (directory == null ? 0 : 1) + (all ? 1 : 0);
    if (ways != 1) {
      throw command.wrongArguments("give just one of --destination NAME, --from DIR or --all");
    }
    if (backup != null && all) {
      throw command.wrongArguments("--backup and --all exclude each other");
    }
    if (destination != null) {
      return List.of(new Place(engine.catalog().destinations().get(destination), null));
    }
    if (directory != null) {
      return List.of(new Place(null, context.path(directory)));
    }
    List<Place> places = new ArrayList<>();
    engine.catalog().destinations().list().forEach(row -> places.add(new Place(row, null)));
    Path emergencies = engine.server().config().defaultBackups();
    if (Files.isDirectory(emergencies)) {
      places.add(new Place(null, emergencies));
    }
    return places;
  }

  boolean wants(BackupEngine engine, StoredArchive archive) {
    boolean named =
        backup == null || archive.path().equals(backup) || archive.path().endsWith("/" + backup);
    return named && (allInstances || archive.instanceName().equals(engine.instanceName()));
  }
}
