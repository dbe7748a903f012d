package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Pin;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.error.EngineException;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;

/** What the destinations hold; they are asked, not the catalog. */
@RestController
@Tag(name = "Backups")
class ListController {
  private static final Comparator<BackupViews.Backup> NEWEST_FIRST =
      Comparator.comparing(BackupViews.Backup::timestamp)
          .thenComparing(BackupViews.Backup::takenAt)
          .reversed()
          .thenComparing(BackupViews.Backup::path);

  private final BackupEngine engine;
  private final DestinationLookup lookup;

  ListController(BackupEngine engine, DestinationLookup lookup) {
    this.engine = engine;
    this.lookup = lookup;
  }

  /**
   * Lists one destination, or all enabled ones. That one of several cannot be listed is told beside
   * what the others hold.
   */
  @GetMapping({ApiPaths.BACKUP + "/list", ApiPaths.BACKUP + "/backups"})
  @Operation(operationId = "listBackups", summary = "List what is stored")
  BackupViews.All list(
      @RequestParam(name = "destination_id", required = false) @Nullable String destinationId) {
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
}
