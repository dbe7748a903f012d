package org.tacvault.engine.destination;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.tacvault.engine.archive.ArchiveName;

/**
 * An archive at a destination, as a listing sees it, without reading its content.
 *
 * @param path what {@link Destination#get} and {@link Destination#delete} expect
 * @param name the parsed file name; empty for archives that somebody renamed or uploaded under
 *     another name
 * @param modified when the store says it was written
 * @param proof how the store itself proved, when it took the archive, that it holds the very bytes
 *     it was given, in words, for example {@code SHA-256 of every part}; empty when it cannot, and
 *     in listings: then reading it back is the proof
 */
public record StoredArchive(
    String path,
    String filename,
    long sizeBytes,
    Instant modified,
    Optional<ArchiveName> name,
    Optional<String> proof) {
  /** A total order, the same for every store: newest backup first, then by path. */
  public static final Comparator<StoredArchive> NEWEST_FIRST =
      comparing(StoredArchive::takenAt)
          .thenComparingInt(archive -> archive.name().map(ArchiveName::sequence).orElse(1))
          .reversed()
          .thenComparing(StoredArchive::path);

  /** The archive at {@code path}, its name read from the last segment. */
  public static StoredArchive at(String path, long sizeBytes, Instant modified) {
    String filename = path.substring(path.lastIndexOf('/') + 1);
    return new StoredArchive(
        path, filename, sizeBytes, modified, ArchiveName.parse(filename), Optional.empty());
  }

  /** This archive, whose store proved it by {@code newProof}. */
  public StoredArchive provenBy(String newProof) {
    return new StoredArchive(path, filename, sizeBytes, modified, name, Optional.of(newProof));
  }

  /** When the backup was taken: from its name, else when it was stored. */
  public Instant takenAt() {
    return name.map(ArchiveName::takenAt).orElse(modified);
  }

  /** Whose backup it is; empty when the name does not tell. */
  public Optional<String> instanceName() {
    return name.map(ArchiveName::instance);
  }
}
