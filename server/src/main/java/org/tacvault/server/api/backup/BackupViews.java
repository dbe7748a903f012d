package org.tacvault.server.api.backup;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;

/** What requests on stored backups are answered with. */
public final class BackupViews {
  private BackupViews() {}

  /**
   * What is stored.
   *
   * @param errors destinations that could not be listed; what they hold is missing in {@code
   *     backups}
   */
  public record All(List<Backup> backups, List<Unlisted> errors) {}

  /**
   * A stored backup. Up to {@code destinationName} these are the Python server's fields.
   *
   * @param timestamp when the store says it was written
   * @param path what restore, download and delete expect
   * @param checksumSha256 where the catalog knows it; null else: listing reads no archive
   * @param instanceName whose; null when the name does not tell
   * @param takenAt when the backup was made, as far as its name tells
   * @param encrypted as its name tells
   */
  public record Backup(
      String filename,
      long sizeBytes,
      Instant timestamp,
      String path,
      @Nullable String checksumSha256,
      String destinationId,
      String destinationName,
      @Nullable String instanceName,
      @Nullable String type,
      Instant takenAt,
      boolean encrypted,
      boolean pinned) {
    static Backup of(
        StoredArchive archive,
        DestinationRecord destination,
        @Nullable String checksum,
        boolean pinned) {
      return new Backup(
          archive.filename(),
          archive.sizeBytes(),
          archive.modified(),
          archive.path(),
          checksum,
          destination.id(),
          destination.name(),
          archive.instanceName().orElse(null),
          archive.name().map(ArchiveName::type).orElse(null),
          archive.takenAt(),
          archive.filename().endsWith(".age") || archive.filename().endsWith(".enc"),
          pinned);
    }
  }

  /** A destination that could not be listed, and why. */
  public record Unlisted(
      String destinationId, String destinationName, String detail, @Nullable String hint) {
    static Unlisted of(DestinationRecord destination, EngineException failure) {
      return new Unlisted(
          destination.id(),
          destination.name(),
          String.valueOf(failure.getMessage()),
          failure.hint().orElse(null));
    }
  }
}
