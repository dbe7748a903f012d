package org.tacvault.engine.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.manifest.ManifestEntry;
import org.tacvault.engine.manifest.ManifestJson;

/**
 * Writes an archive: a POSIX tar with {@code ./manifest.json} first and then the files of the
 * manifest in its order, all flat, 0600, owned by 0 without a name, dated as the backup is; the
 * same input gives the same bytes. Memory does not grow with the files.
 */
public final class ArchiveWriter {
  private static final String OPERATION = "write archive";
  private static final int FILE_MODE = 0600;
  // As stock tar blocks its output.
  private static final int TAR_BLOCK_BYTES = 20 * TarHeader.BLOCK_BYTES;

  private final Compression compression;
  private final int level;

  /** {@code level} is 1 (fast) to 9 (small). */
  public ArchiveWriter(Compression compression, int level) {
    Compression.requireLevel(level);
    this.compression = compression;
    this.level = level;
  }

  /**
   * Writes the whole archive to {@code out} and flushes it; {@code out} is not closed. When this
   * throws, what {@code out} received is not well-formed.
   *
   * @param files one for each entry of the manifest, by member name
   * @param progress bytes of the files read so far, up to {@link Manifest#totalSizeBytes}
   * @throws EngineException {@link ErrorKind#VERIFICATION_FAILED} when a file no longer has the
   *     size and SHA-256 that its manifest entry says
   */
  public void write(
      Manifest manifest, Map<String, Path> files, OutputStream out, LongConsumer progress) {
    requireFiles(manifest, files);
    try (FinishableOutputStream compressed = compression.compress(out, level)) {
      // Never closed: that would complete the tar of a failed run.
      TarArchiveOutputStream tar =
          new TarArchiveOutputStream(compressed, TAR_BLOCK_BYTES, UTF_8.name());
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_ERROR);
      writeManifest(tar, manifest);
      long done = 0;
      for (ManifestEntry entry : manifest.contents()) {
        writeFile(tar, manifest, entry, files.get(entry.file()), done, progress);
        done += entry.sizeBytes();
      }
      tar.finish();
      compressed.finish();
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, "archive", e);
    }
  }

  private static void writeManifest(TarArchiveOutputStream tar, Manifest manifest)
      throws IOException {
    byte[] json = ManifestJson.write(manifest);
    tar.putArchiveEntry(header(Manifest.FILE, json.length, manifest));
    tar.write(json);
    tar.closeArchiveEntry();
  }

  private static void writeFile(
      TarArchiveOutputStream tar,
      Manifest manifest,
      ManifestEntry entry,
      Path file,
      long before,
      LongConsumer progress)
      throws IOException {
    tar.putArchiveEntry(header(entry.file(), entry.sizeBytes(), manifest));
    MessageDigest digest = Sha256.newDigest();
    try (InputStream source = open(entry, file)) {
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int read = read(entry, source, buffer); read >= 0; read = read(entry, source, buffer)) {
        size += read;
        if (size > entry.sizeBytes()) {
          throw changed(entry, "it is longer than the manifest says: " + entry.sizeBytes());
        }
        digest.update(buffer, 0, read);
        tar.write(buffer, 0, read);
        progress.accept(before + size);
      }
      if (size < entry.sizeBytes()) {
        throw changed(entry, "it has " + size + " bytes, the manifest says " + entry.sizeBytes());
      }
    }
    if (!Sha256.hex(digest).equals(entry.sha256())) {
      throw changed(entry, "its SHA-256 is not the one of the manifest");
    }
    tar.closeArchiveEntry();
  }

  // Told apart from failures of the output: the subject of these is the member.
  private static InputStream open(ManifestEntry entry, Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, entry.file(), e);
    }
  }

  private static int read(ManifestEntry entry, InputStream source, byte[] buffer) {
    try {
      return source.read(buffer);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, entry.file(), e);
    }
  }

  private static TarArchiveEntry header(String name, long size, Manifest manifest) {
    TarArchiveEntry header = new TarArchiveEntry("./" + name);
    Instant time = manifest.backup().timestamp().truncatedTo(ChronoUnit.SECONDS);
    header.setLastModifiedTime(FileTime.from(time));
    header.setMode(FILE_MODE);
    header.setIds(0, 0);
    header.setNames("", "");
    header.setSize(size);
    return header;
  }

  private static void requireFiles(Manifest manifest, Map<String, Path> files) {
    TreeSet<String> listed = new TreeSet<>();
    for (ManifestEntry entry : manifest.contents()) {
      boolean known = MemberName.isKnown(entry.file()) && !entry.file().equals(Manifest.FILE);
      if (!known || !listed.add(entry.file())) {
        throw new IllegalArgumentException("not a member, or listed twice: " + entry.file());
      }
    }
    if (listed.isEmpty() || !listed.equals(files.keySet())) {
      throw new IllegalArgumentException(
          "the manifest lists " + listed + ", the files are " + new TreeSet<>(files.keySet()));
    }
  }

  private static EngineException changed(ManifestEntry entry, String reason) {
    return new EngineException(ErrorKind.VERIFICATION_FAILED, OPERATION, entry.file(), reason)
        .withHint("the copy changed while it was archived: check the disk, then back up again");
  }
}
