package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveIntake;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.archive.ArchiveChoice;

/** Takes archives from elsewhere into a destination. */
@RestController
@Tag(name = "Backups")
class UploadController {
  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final ArchiveChoice archives;
  private final WorkDirectory uploads;

  UploadController(
      BackupEngine engine,
      DestinationLookup lookup,
      ArchiveChoice archives,
      WorkDirectory uploadDirectory) {
    this.engine = engine;
    this.lookup = lookup;
    this.archives = archives;
    this.uploads = uploadDirectory;
  }

  /**
   * An archive that has been stored. Up to {@code filename} these are the Python server's fields.
   *
   * @param verified whether it was opened and found good; an encrypted one that nobody here can
   *     open is stored all the same
   */
  record Uploaded(
      boolean success,
      String backupPath,
      String filename,
      boolean verified,
      long sizeBytes,
      String checksumSha256,
      List<String> warnings) {
    static Uploaded of(ArchiveIntake.Taken taken) {
      String unverified = taken.unverified();
      return new Uploaded(
          true,
          taken.stored().path(),
          taken.stored().filename(),
          unverified == null,
          taken.stored().sizeBytes(),
          taken.sha256(),
          unverified == null ? taken.warnings() : List.of("not verified: " + unverified));
    }
  }

  /** Verifies an archive as a restore does, then stores it under its proper name. */
  @PostMapping(path = ApiPaths.BACKUP + "/upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(operationId = "uploadBackup", summary = "Verify an archive and store it")
  Uploaded upload(
      @RequestParam("destination_id") String destinationId,
      @RequestPart("file") MultipartFile file,
      @RequestParam(required = false) @Nullable String passphrase,
      @RequestParam(required = false) @Nullable String identity) {
    DestinationRecord row = lookup.get(destinationId);
    Keys keys = archives.keys(secret(passphrase), secret(identity));
    Path received = uploads.resolve(UUID.randomUUID().toString());
    try (Destination destination = engine.destinations().open(row)) {
      file.transferTo(received.toFile());
      return Uploaded.of(engine.intake().take(received, name(file), keys, destination));
    } catch (IOException e) {
      throw IoFailures.of("receive archive", name(file), e);
    } finally {
      remove(received.toFile());
    }
  }

  /** Some browsers send whole paths. */
  private static String name(MultipartFile file) {
    String sent = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    return sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Secret.of(text);
  }

  private static void remove(File received) {
    try {
      Files.deleteIfExists(received.toPath());
    } catch (IOException e) {
      throw IoFailures.of("remove received archive", received, e);
    }
  }
}
