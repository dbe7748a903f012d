package org.tacvault.engine.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.ExtractedMember;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestCheck;
import org.tacvault.engine.manifest.ManifestJson;

/** One reading of one archive. */
final class Extraction {
  private final ArchiveMeter meter;
  private final Map<String, ExtractedMember> members = new LinkedHashMap<>();
  private final List<Path> created = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 16];
  private boolean sawRoot;
  private @Nullable Manifest manifest;

  Extraction(ArchiveLimits limits, LongConsumer progress) {
    this.meter = new ArchiveMeter(limits, progress);
  }

  /** Unpacks all members; on any failure the directory is empty again. */
  ExtractedArchive into(Path directory, InputStream source) throws IOException {
    boolean whole = false;
    try (InputStream plain = Decompression.open(meter.count(source))) {
      TarInput tar = new TarInput(plain);
      for (Optional<String> name = nextFile(tar); name.isPresent(); name = nextFile(tar)) {
        if (name.get().equals(Manifest.FILE)) {
          manifest = readManifest(tar);
        } else {
          members.put(name.get(), unpack(tar, name.get(), directory.resolve(name.get())));
        }
      }
      Manifest found = requireManifest();
      ManifestCheck.require(found, members.values());
      whole = true;
      return new ExtractedArchive(found, directory, members);
    } finally {
      if (!whole) {
        deleteCreated();
      }
    }
  }

  /** Reads up to the manifest and no further; nothing is written. */
  Manifest manifestOf(InputStream source) throws IOException {
    try (InputStream plain = Decompression.open(meter.count(source))) {
      TarInput tar = new TarInput(plain);
      for (Optional<String> name = nextFile(tar); name.isPresent(); name = nextFile(tar)) {
        if (name.get().equals(Manifest.FILE)) {
          return readManifest(tar);
        }
        members.put(name.get(), consume(tar, name.get(), OutputStream.nullOutputStream()));
      }
      return requireManifest();
    }
  }

  private Optional<String> nextFile(TarInput tar) throws IOException {
    Optional<TarHeader> header = tar.next();
    if (header.isPresent() && isFirst() && MemberName.isRoot(header.get())) {
      sawRoot = true;
      header = tar.next();
    }
    return header.map(this::admit);
  }

  private boolean isFirst() {
    return !sawRoot && manifest == null && members.isEmpty();
  }

  private String admit(TarHeader header) {
    String name = MemberName.of(header);
    boolean isManifest = name.equals(Manifest.FILE);
    if (members.containsKey(name) || isManifest && manifest != null) {
      throw ArchiveDamage.in(name, "it is in the archive twice");
    }
    if (isManifest && header.size() > ManifestJson.MAX_BYTES) {
      throw ArchiveDamage.in(name, "it is too long: " + header.size() + " bytes");
    }
    meter.admit(name, header.size());
    return name;
  }

  private Manifest readManifest(TarInput tar) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    consume(tar, Manifest.FILE, json);
    return ManifestJson.read(json.toByteArray());
  }

  private Manifest requireManifest() {
    if (manifest == null) {
      throw ArchiveDamage.of("it has no " + Manifest.FILE);
    }
    return manifest;
  }

  private ExtractedMember unpack(TarInput tar, String name, Path file) throws IOException {
    try (OutputStream out = create(file)) {
      return consume(tar, name, out);
    }
  }

  private ExtractedMember consume(TarInput tar, String name, OutputStream out) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    long size = 0;
    for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
      meter.unpacked(name, read);
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      size += read;
    }
    return new ExtractedMember(name, size, Sha256.hex(digest));
  }

  private OutputStream create(Path file) throws IOException {
    OutputStream out =
        Channels.newOutputStream(
            Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Permissions.privateFile(file.getFileSystem())));
    created.add(file);
    return out;
  }

  private void deleteCreated() throws IOException {
    for (Path file : created) {
      Files.deleteIfExists(file);
    }
  }
}
