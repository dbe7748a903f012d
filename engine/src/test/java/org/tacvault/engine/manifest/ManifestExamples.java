package org.tacvault.engine.manifest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.source.EntryType;

/** Manifests for tests. */
final class ManifestExamples {
  static final String SHA_A = "a".repeat(64);
  static final String SHA_B = "b".repeat(64);

  private ManifestExamples() {}

  static Manifest full() {
    return new Manifest(
        new Manifest.Backup(
            "instance_0123abcd",
            "fra1",
            "tac-host",
            "manual",
            Instant.parse("2026-11-23T01:02:14.500Z"),
            "manual:admin",
            Manifest.VERSION,
            "before the change of \"Zürich\" \uD83D\uDE80"),
        new Manifest.System("0.1.0", "", "17.0.15", "Linux 6.1 amd64"),
        new Manifest.Config("file", SHA_B, true),
        List.of(
            new ManifestEntry(
                "devices.db",
                4096,
                SHA_A,
                EntryType.DATABASE,
                7L,
                Map.of("realms", 2L, "devices", 5L)),
            new ManifestEntry("tacacs.conf", 10, SHA_B, EntryType.CONFIG, null, Map.of())),
        List.of("audit_trail.db"),
        Duration.ofMillis(12),
        "gzip");
  }

  static Manifest of(ManifestEntry... entries) {
    Manifest full = full();
    return new Manifest(
        full.backup(), full.system(), full.config(), List.of(entries), List.of(), null, null);
  }

  static ManifestEntry entry(String file, long size, String sha256) {
    return new ManifestEntry(file, size, sha256, EntryType.DATA, null, Map.of());
  }
}
