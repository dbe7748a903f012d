package org.tacvault.engine.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.snapshot.SnapshotFile;
import org.tacvault.engine.source.EntryType;

/**
 * One archived file.
 *
 * @param file flat member name, without {@code ./}
 * @param sizeBytes length of the file
 * @param sha256 64 lower-case hex digits
 * @param records rows of all tables together, {@code sqlite_sequence} included; databases only
 * @param tables rows per table in the order of their names; empty for files and for archives of the
 *     Python server
 */
public record ManifestEntry(
    String file,
    long sizeBytes,
    String sha256,
    EntryType type,
    @Nullable Long records,
    Map<String, Long> tables) {
  /** What the manifest says of {@code copy}. */
  public static ManifestEntry of(SnapshotFile copy) {
    return new ManifestEntry(
        copy.member(), copy.sizeBytes(), copy.sha256(), copy.type(), copy.records(), copy.tables());
  }
}
