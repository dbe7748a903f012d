package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.Success;

/** One stored backup: brought to the caller, pinned, deleted. */
@RestController
@Tag(name = "Backups")
@RequestMapping(ApiPaths.BACKUP)
class StoredBackupController {
  private static final int MAX_REASON = 1_000;

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final StoredBackups backups;

  StoredBackupController(BackupEngine engine, DestinationLookup lookup, StoredBackups backups) {
    this.engine = engine;
    this.lookup = lookup;
    this.backups = backups;
  }

  /**
   * A backup that no retention shall remove.
   *
   * @param reason for those who find it later
   */
  record PinWish(
      @NotNull String destinationId,
      @NotNull String backupPath,
      @NotBlank @Size(max = MAX_REASON) String reason) {}

  /** Streams an archive as it is stored; a part of it when a range is asked for. */
  @GetMapping("/download")
  @Operation(operationId = "downloadBackup", summary = "Download an archive as it is stored")
  ResponseEntity<Resource> download(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String backupPath) {
    DestinationRecord row = lookup.get(destinationId);
    StoredArchive archive = backups.find(row, backupPath);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(archive.filename()).build().toString())
        .eTag("\"%x-%x\"".formatted(archive.sizeBytes(), archive.modified().toEpochMilli()))
        .lastModified(archive.modified())
        .body(new StoredArchiveResource(archive, () -> engine.source(row)));
  }

  /** Deletes an archive, and what lies beside it; its execution stays. */
  @DeleteMapping("/backups")
  @Operation(operationId = "deleteBackup", summary = "Delete an archive")
  Success delete(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String backupPath) {
    backups.delete(destinationId, backupPath);
    return Success.DONE;
  }

  /** Keeps a backup whatever retention says. */
  @PostMapping("/backups/pin")
  @Operation(operationId = "pinBackup", summary = "Keep an archive whatever retention says")
  Success pin(@RequestBody @Valid PinWish wish) {
    backups.pin(wish.destinationId(), wish.backupPath(), wish.reason());
    return Success.DONE;
  }

  /** Lets retention decide about a backup again, also about one that is gone. */
  @DeleteMapping("/backups/pin")
  @Operation(operationId = "unpinBackup", summary = "Let retention decide about an archive again")
  Success unpin(
      @RequestParam("destination_id") String destinationId,
      @RequestParam("backup_path") String backupPath) {
    backups.unpin(destinationId, backupPath);
    return Success.DONE;
  }
}
