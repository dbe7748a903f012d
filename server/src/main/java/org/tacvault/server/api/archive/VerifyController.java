package org.tacvault.server.api.archive;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveVerifier;
import org.tacvault.engine.verify.CheckedArchive;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.run.StartedRun;
import org.tacvault.server.security.Caller;

/** Proves that a backup can be restored. */
@RestController
@Tag(name = "Backups")
class VerifyController {
  private final ArchiveChoice archives;
  private final Verifications verifications;

  VerifyController(ArchiveChoice archives, Verifications verifications) {
    this.archives = archives;
    this.verifications = verifications;
  }

  /**
   * A backup to verify.
   *
   * @param destinationId id or name; without it {@code backupPath} is a file of this machine
   * @param asyncMode answer with an execution to follow as soon as there is one
   * @param passphrase opens the archive; what the server is configured with when absent
   * @param identity an age key that opens the archive
   */
  record Wish(
      @NotNull String backupPath,
      @Nullable String destinationId,
      @Nullable Boolean asyncMode,
      @Nullable Secret passphrase,
      @Nullable Secret identity) {}

  /** A verification that goes on, to be followed by its execution. */
  record Started(boolean success, String message, String executionId) {}

  /**
   * A backup that is good; a bad one is answered as an error.
   *
   * @param records rows of each database
   * @param warnings members that can be read but not restored
   */
  record Verified(
      boolean success,
      String executionId,
      String archive,
      String instanceName,
      Instant takenAt,
      long sizeBytes,
      long compressedSizeBytes,
      boolean encrypted,
      int filesIncluded,
      Map<String, Long> records,
      List<String> warnings) {
    static Verified of(ArchiveVerifier.Verdict verdict) {
      CheckedArchive archive = verdict.archive();
      Map<String, Long> records = new TreeMap<>();
      archive.databases().forEach((member, facts) -> records.put(member, facts.records()));
      return new Verified(
          true,
          verdict.executionId(),
          archive.label(),
          archive.manifest().backup().instanceName(),
          archive.manifest().backup().timestamp(),
          archive.manifest().totalSizeBytes(),
          archive.packedBytes(),
          archive.isEncrypted(),
          archive.manifest().contents().size(),
          records,
          verdict.warnings());
    }
  }

  /** Opens the whole archive as a restore does, and checks every database. */
  @PostMapping(ApiPaths.BACKUP + "/verify")
  @Operation(operationId = "verifyBackup", summary = "Prove that a backup can be restored")
  @ApiResponse(
      responseCode = "200",
      description = "Done, or started",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(oneOf = {Verified.class, Started.class})))
  Object verify(@RequestBody @Valid Wish wish, Principal principal) {
    String by = Caller.of(principal).triggeredBy();
    Keys keys = archives.keys(wish.passphrase(), wish.identity());
    StartedRun<ArchiveVerifier.Verdict> run =
        verifications.start(wish.destinationId(), wish.backupPath(), keys, by);
    return Boolean.TRUE.equals(wish.asyncMode())
        ? new Started(true, "Verification started in background", run.executionId())
        : Verified.of(run.await());
  }
}
