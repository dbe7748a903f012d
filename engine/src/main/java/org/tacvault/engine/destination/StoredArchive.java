package org.tacvault.engine.destination;

import java.time.Instant;
import java.util.Optional;
import org.tacvault.engine.archive.ArchiveName;

/**
 * An archive at a destination, as a listing sees it, without reading its content.
 *
 * @param path what {@link Destination#get} and {@link Destination#delete} expect
 * @param name the parsed file name; empty for archives that somebody renamed or uploaded under
 *     another name
 * @param modified when the store says it was written
 */
public record StoredArchive(
    String path, String filename, long sizeBytes, Instant modified, Optional<ArchiveName> name) {
  /** When the backup was taken: from its name, else when it was stored. */
  public Instant takenAt() {
    return name.map(ArchiveName::takenAt).orElse(modified);
  }

  /** Whose backup it is; empty when the name does not tell. */
  public Optional<String> instanceName() {
    return name.map(ArchiveName::instance);
  }
}
