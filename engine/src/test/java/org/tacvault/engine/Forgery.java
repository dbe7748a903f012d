package org.tacvault.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.archive.ArchiveLimits;
import org.tacvault.engine.archive.ArchiveReader;
import org.tacvault.engine.archive.TarBuilder;
import org.tacvault.engine.io.Directories;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.manifest.ManifestJson;
import org.tacvault.engine.source.EntryType;

/** Genuine archives taken apart, changed and put together again. */
final class Forgery {
  private final Map<String, byte[]> members = new LinkedHashMap<>();

  /** The members of a plain archive, the manifest first. */
  static Forgery of(Path archive) throws IOException {
    Path unpacked = Files.createTempDirectory(archive.getParent(), "forgery");
    Forgery forgery = new Forgery();
    try (InputStream in = Files.newInputStream(archive)) {
      forgery.members.put("manifest.json", manifest(archive));
      ArchiveReader.extract(
              in, unpacked, ArchiveLimits.forFreeSpace(Long.MAX_VALUE), packedBytes -> {})
          .members()
          .keySet()
          .forEach(name -> forgery.members.put(name, read(unpacked.resolve(name))));
    }
    Directories.delete(unpacked);
    return forgery;
  }

  Map<String, byte[]> members() {
    return members;
  }

  String text(String member) {
    return new String(members.get(member), UTF_8);
  }

  Forgery with(String member, String content) {
    members.put(member, content.getBytes(UTF_8));
    return this;
  }

  Forgery without(String member) {
    members.remove(member);
    return this;
  }

  Forgery with(String member, byte[] content) {
    members.put(member, content);
    return this;
  }

  /** Makes the manifest say what the members are: names, sizes, checksums; no counts of rows. */
  Forgery sealed() {
    Manifest manifest = ManifestJson.read(members.get(Manifest.FILE));
    List<ManifestEntry> contents =
        members.entrySet().stream()
            .filter(member -> !member.getKey().equals(Manifest.FILE))
            .map(member -> entry(manifest, member.getKey(), member.getValue()))
            .toList();
    Manifest sealed =
        new Manifest(
            manifest.backup(),
            manifest.system(),
            manifest.config(),
            contents,
            manifest.missing(),
            manifest.snapshotSpread(),
            manifest.compression());
    members.put(Manifest.FILE, ManifestJson.write(sealed));
    return this;
  }

  private static ManifestEntry entry(Manifest manifest, String name, byte[] content) {
    EntryType type = manifest.entry(name).orElseThrow().type();
    return new ManifestEntry(name, content.length, Sha256.hex(content), type, null, Map.of());
  }

  /** All members as a tar that can be added to. */
  TarBuilder tar() {
    TarBuilder tar = new TarBuilder();
    members.forEach((name, content) -> tar.file("./" + name, content));
    return tar;
  }

  private static byte[] manifest(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return ManifestJson.write(ArchiveReader.readManifest(in));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
