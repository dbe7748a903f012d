package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.source.EntryType;

/** Files, manifests and archives for tests. */
final class Samples {
  static final Instant TAKEN_AT = Instant.parse("2026-11-23T01:02:14.514109Z");

  private Samples() {}

  /** A handful of small members, one of them empty. */
  static Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("devices.db", mixed(5_000, 1));
    members.put("tacacs.conf", "[server]\nport = 49\n".getBytes(UTF_8));
    members.put("audit_trail.db", new byte[0]);
    return members;
  }

  /** Bytes that compress to about a third. */
  static byte[] mixed(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long noise = random.nextLong();
      bytes[i] = (byte) ((noise & 3) == 0 ? noise >> 8 : 'a' + i % 7);
    }
    return bytes;
  }

  static Manifest manifest(Map<String, byte[]> members) {
    return manifest(members, "before the change");
  }

  static Manifest manifest(Map<String, byte[]> members, String comment) {
    return new Manifest(
        new Manifest.Backup(
            "instance_0123abcd", "fra1", "host", "manual", TAKEN_AT, "test", "1.0", comment),
        new Manifest.System("0.1.0", "", "17", "Linux"),
        new Manifest.Config("file", "0".repeat(64), false),
        members.entrySet().stream().map(Samples::entry).toList(),
        List.of(),
        Duration.ZERO,
        "gzip");
  }

  static Map<String, Path> files(Path directory, Map<String, byte[]> members) {
    Map<String, Path> files = new LinkedHashMap<>();
    members.forEach(
        (name, content) -> {
          try {
            files.put(name, Files.write(directory.resolve("source-" + name), content));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return files;
  }

  /** An archive of ours. */
  static byte[] archive(Path directory, Compression compression, Map<String, byte[]> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(compression, 6)
        .write(manifest(members), files(directory, members), out, done -> {});
    return out.toByteArray();
  }

  private static ManifestEntry entry(Map.Entry<String, byte[]> member) {
    boolean database = member.getKey().endsWith(".db");
    return new ManifestEntry(
        member.getKey(),
        member.getValue().length,
        Sha256.hex(member.getValue()),
        database ? EntryType.DATABASE : EntryType.CONFIG,
        database ? 3L : null,
        database ? Map.of("rows", 3L) : Map.of());
  }
}
