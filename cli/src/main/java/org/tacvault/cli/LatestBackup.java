package org.tacvault.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DamagedArchives;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * Finds the newest backup of this server that is not an emergency backup and that no verification
 * found damaged. A destination that cannot be listed is a failure: what it holds could be newer.
 */
final class LatestBackup {
  private static final String OPERATION = "choose backup";
  private static final String SUBJECT = "the latest one";

  private final BackupEngine engine;

  private record Found(DestinationRecord row, StoredArchive archive) {}

  LatestBackup(BackupEngine engine) {
    this.engine = engine;
  }

  /**
   * @param destination name or id; null means all that are enabled
   */
  ChosenArchive find(@Nullable String destination) {
    String instance = engine.instanceName().orElseThrow(LatestBackup::unknownServer);
    List<DestinationRecord> rows = rows(destination);
    Set<String> damaged = DamagedArchives.of(engine.catalog());
    Found found =
        rows.stream()
            .flatMap(row -> newest(row, instance, damaged).stream())
            .min(Comparator.comparing(Found::archive, StoredArchive.NEWEST_FIRST))
            .orElseThrow(() -> none(instance, rows));
    return new ChosenArchive(
        new ArchiveRef.Stored(
            found.row().id(), engine.source(found.row()), found.archive().path()));
  }

  private List<DestinationRecord> rows(@Nullable String destination) {
    return destination == null
        ? engine.destinations().enabled()
        : List.of(engine.catalog().destinations().get(destination));
  }

  private Optional<Found> newest(DestinationRecord row, String instance, Set<String> damaged) {
    try (Destination source = engine.source(row)) {
      return source.list().stream()
          .filter(archive -> archive.name().filter(name -> isWanted(name, instance)).isPresent())
          .filter(archive -> !damaged.contains(archive.path()))
          .findFirst()
          .map(archive -> new Found(row, archive));
    }
  }

  private static boolean isWanted(ArchiveName name, String instance) {
    return name.instance().equals(instance) && !name.type().equals(BackupType.EMERGENCY.id());
  }

  private static EngineException unknownServer() {
    return new EngineException(
            ErrorKind.NOT_FOUND,
            OPERATION,
            SUBJECT,
            "there is neither a configuration nor a catalog that tells which server this is")
        .withHint("name the backup: --archive FILE, or --destination NAME --backup PATH");
  }

  private static EngineException none(String instance, List<DestinationRecord> rows) {
    String where =
        rows.isEmpty()
            ? "no destination is enabled"
            : "none is at "
                + String.join(", ", rows.stream().map(DestinationRecord::name).toList());
    return new EngineException(
            ErrorKind.NOT_FOUND, OPERATION, "the latest one of " + instance, where)
        .withHint("tacvault list shows what is stored; --archive FILE takes any archive");
  }
}
