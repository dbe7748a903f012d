package org.tacvault.engine.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.tacvault.engine.archive.ArchiveWriter;
import org.tacvault.engine.archive.Compression;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.encryption.EncryptingStream;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;

/**
 * Tar, compression, encryption and checksum in one pass: no plaintext archive is ever on disk when
 * encrypting.
 */
record Packer(BackupConfig settings, Encryption encryption) {
  PackedArchive pack(
      Manifest manifest, Path snapshotDirectory, Path target, LongConsumer progress) {
    Compression compression = Compression.valueOf(settings.compression().name());
    MessageDigest digest = Sha256.newDigest();
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
        EncryptingStream encrypted = encryption.encrypt(new DigestOutputStream(file, digest))) {
      new ArchiveWriter(compression, settings.compressionLevel())
          .write(manifest, files(manifest, snapshotDirectory), encrypted, progress);
      encrypted.finish();
      file.flush();
      return new PackedArchive(
          target,
          manifest,
          compression.suffix() + encryption.suffix(),
          Files.size(target),
          Sha256.hex(digest));
    } catch (IOException e) {
      throw IoFailures.of("pack archive", target.getFileName(), e);
    }
  }

  private static Map<String, Path> files(Manifest manifest, Path directory) {
    Map<String, Path> files = new HashMap<>();
    for (ManifestEntry entry : manifest.contents()) {
      files.put(entry.file(), directory.resolve(entry.file()));
    }
    return files;
  }
}
