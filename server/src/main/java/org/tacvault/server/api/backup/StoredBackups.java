package org.tacvault.server.api.backup;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Pin;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.error.ApiException;

/** What the destinations hold; they are asked, not the catalog. */
@Component
public final class StoredBackups {
  private static final Comparator<BackupViews.Backup> NEWEST_FIRST =
      Comparator.comparing(BackupViews.Backup::timestamp)
          .thenComparing(BackupViews.Backup::takenAt)
          .reversed()
          .thenComparing(BackupViews.Backup::path);

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final InstantSource clock;

  StoredBackups(BackupEngine engine, DestinationLookup lookup, InstantSource clock) {
    this.engine = engine;
    this.lookup = lookup;
    this.clock = clock;
  }

  /**
   * Lists one destination, or all enabled ones when null. That one of several cannot be listed is
   * told beside what the others hold.
   */
  public BackupViews.All list(@Nullable String destinationId) {
    List<BackupViews.Backup> backups = new ArrayList<>();
    List<BackupViews.Unlisted> errors = new ArrayList<>();
    if (destinationId != null) {
      backups.addAll(backupsAt(lookup.get(destinationId)));
    } else {
      for (DestinationRecord destination : engine.destinations().enabled()) {
        try {
          backups.addAll(backupsAt(destination));
        } catch (EngineException e) {
          errors.add(BackupViews.Unlisted.of(destination, e));
        }
      }
    }
    backups.sort(NEWEST_FIRST);
    return new BackupViews.All(backups, errors);
  }

  private List<BackupViews.Backup> backupsAt(DestinationRecord row) {
    Map<String, String> checksums = engine.catalog().checksums(row.id());
    Set<String> pinned =
        engine.catalog().pins().list(row.id()).stream().map(Pin::path).collect(Collectors.toSet());
    try (Destination destination = engine.source(row)) {
      return destination.list().stream()
          .map(
              archive ->
                  BackupViews.Backup.of(
                      archive, row, checksums.get(archive.path()), pinned.contains(archive.path())))
          .toList();
    }
  }

  /** The archive at {@code path}; {@code 404} when it is not there. */
  public StoredArchive find(DestinationRecord row, String path) {
    try (Destination destination = engine.source(row)) {
      return destination.stat(path);
    }
  }

  /** Deletes an archive, and what lies beside it; its execution stays. */
  public void delete(String destinationId, String backupPath) {
    DestinationRecord row = lookup.get(destinationId);
    try (Destination destination = engine.source(row)) {
      String path = destination.stat(backupPath).path();
      engine.retention().requireDeletable(row.id(), path);
      destination.delete(path);
    }
  }

  /**
   * Keeps a backup whatever retention says.
   *
   * @param reason for those who find it later
   */
  public void pin(String destinationId, String backupPath, String reason) {
    DestinationRecord row = lookup.get(destinationId);
    String path = find(row, backupPath).path();
    engine.catalog().pins().pin(row.id(), path, reason, clock.instant());
  }

  /** Lets retention decide about a backup again, also about one that is gone. */
  public void unpin(String destinationId, String backupPath) {
    DestinationRecord row = lookup.get(destinationId);
    if (!engine.catalog().pins().unpin(row.id(), backupPath)) {
      throw ApiException.notFound("Backup is not pinned");
    }
  }
}
