package org.tacvault.engine.manifest;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.snapshot.SnapshotFile;
import org.tacvault.engine.source.EntryType;

/**
 * One archived file.
 *
 * @param file flat member name, without {@code ./}; {@link ManifestCheck} judges it
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

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ManifestEntry {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size of " + file + " is negative: " + sizeBytes);
    }
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException("not a SHA-256 of " + file + ": " + sha256);
    }
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }
}
