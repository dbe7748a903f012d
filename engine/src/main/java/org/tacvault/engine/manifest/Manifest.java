package org.tacvault.engine.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.source.Members;

/**
 * What an archive holds and how it came to be; {@code manifest.json} in the archive, see {@link
 * ManifestJson}.
 *
 * @param missing members whose configured source did not exist when the backup was made
 * @param snapshotSpread time between the first and the last copy of the snapshot; absent in foreign
 *     archives
 */
public record Manifest(
    Backup backup,
    System system,
    Config config,
    List<ManifestEntry> contents,
    List<String> missing,
    @Nullable Duration snapshotSpread,
    @Nullable String compression) {
  public Manifest {
    contents = List.copyOf(contents);
    missing = List.copyOf(missing);
  }

  /** The member that holds the manifest; never listed in {@link #contents}. */
  public static final String FILE = Members.MANIFEST;

  /** The format that this program writes; it reads every version with the same major number. */
  public static final String VERSION = "1.0";

  /** Who made the backup, when and why. */
  public record Backup(
      @Nullable String instanceId,
      String instanceName,
      String hostname,
      String type,
      Instant timestamp,
      String triggeredBy,
      String version,
      @Nullable String comment) {}

  /**
   * What it ran on. {@code pythonVersion} is empty in ours, {@code javaVersion} in the Python
   * server's.
   */
  public record System(
      String serverVersion, String pythonVersion, String javaVersion, String platform) {}

  /**
   * The configuration at that time.
   *
   * @param source {@code file} or {@code url}
   * @param hash SHA-256 of the merged export in canonical form
   */
  public record Config(String source, String hash, boolean hasOverrides) {}

  /** Sum of the sizes of all listed files. */
  public long totalSizeBytes() {
    return contents.stream().mapToLong(ManifestEntry::sizeBytes).sum();
  }

  /** The entry of {@code file}, if listed. */
  public Optional<ManifestEntry> entry(String file) {
    return contents.stream().filter(entry -> entry.file().equals(file)).findFirst();
  }
}
