package org.tacvault.cli;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionResult;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.manifest.ManifestJson;

/** What a finished backup is answered with. */
record BackupAnswer(
    String executionId,
    String destination,
    String path,
    String filename,
    long sizeBytes,
    long packedBytes,
    String sha256,
    long records,
    int files,
    long durationMs,
    Map<String, Long> stagesMs,
    List<String> warnings) {
  static BackupAnswer of(Execution done, String destination) {
    ExecutionResult result = done.result();
    return new BackupAnswer(
        done.id(),
        destination,
        requireNonNull(result.backupPath()),
        requireNonNull(result.backupFilename()),
        requireNonNull(result.sizeBytes()),
        requireNonNull(result.compressedSizeBytes()),
        requireNonNull(result.checksumSha256()),
        records(requireNonNull(result.manifestJson())),
        requireNonNull(result.filesIncluded()),
        Duration.between(done.startedAt(), requireNonNull(done.completedAt())).toMillis(),
        millis(result.stages()),
        result.warnings());
  }

  /** The same for people. */
  String text() {
    return String.join(
        "\n",
        List.of(
            "Backed up to %s in %s"
                .formatted(destination, Times.duration(Duration.ofMillis(durationMs))),
            "  path       " + path,
            "  size       %s, packed %s"
                .formatted(Sizes.human(sizeBytes), Sizes.human(packedBytes)),
            "  records    %,d in %d files".formatted(records, files),
            "  sha256     " + sha256,
            "  execution  " + executionId));
  }

  /** Milliseconds per stage, in their order. */
  static Map<String, Long> millis(Map<String, Duration> stages) {
    Map<String, Long> millis = new LinkedHashMap<>();
    stages.forEach((stage, time) -> millis.put(stage, time.toMillis()));
    return millis;
  }

  private static long records(String manifestJson) {
    Manifest manifest = ManifestJson.read(manifestJson.getBytes(StandardCharsets.UTF_8));
    return records(manifest);
  }

  /** Rows of all tables of all databases. */
  static long records(Manifest manifest) {
    return manifest.contents().stream()
        .map(ManifestEntry::records)
        .mapToLong(rows -> rows == null ? 0 : rows)
        .sum();
  }
}
