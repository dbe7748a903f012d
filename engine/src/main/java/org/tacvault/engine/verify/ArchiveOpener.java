package org.tacvault.engine.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.tacvault.engine.archive.ArchiveLimits;
import org.tacvault.engine.archive.ArchiveReader;
import org.tacvault.engine.archive.ExtractedArchive;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.encryption.Decryption;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.FreeSpace;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.manifest.Manifest;
import org.tacvault.engine.sqlite.DatabaseFacts;

/** Fetch, decrypt, read strictly, check the manifest, check the databases; touches no live data. */
public final class ArchiveOpener {
  private static final String OPERATION = "open archive";
  private static final String FETCHED = "fetched";
  private static final Set<String> UNNAMED = Set.of("archive", "databases");
  private static final int BUFFER_BYTES = 1 << 16;

  private final Keys keys;
  private final VerifyListener listener;

  public ArchiveOpener(Keys keys, VerifyListener listener) {
    this.keys = keys;
    this.listener = listener;
  }

  /**
   * Opens the whole archive into {@code work}.
   *
   * @throws EngineException {@code NOT_FOUND}, {@code WRONG_KEY}, {@code VERIFICATION_FAILED},
   *     {@code NO_SPACE}, ...
   */
  public CheckedArchive open(ArchiveRef ref, WorkDirectory work) {
    try {
      Path file = fetch(ref, work);
      ExtractedArchive content = extract(ref, file, work);
      listener.stage(VerifyStage.CHECK, ref.label());
      Map<String, DatabaseFacts> databases = DatabaseChecks.run(content);
      return new CheckedArchive(
          ref.label(),
          ArchiveKind.of(file),
          Files.size(file),
          content,
          databases,
          DatabaseChecks.raw(content));
    } catch (EngineException e) {
      throw named(e, ref);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, ref.label(), e);
    }
  }

  /** The manifest alone, from the first bytes of an archive of ours; nothing else is checked. */
  public Manifest manifest(ArchiveRef ref, WorkDirectory work) {
    try (InputStream in = Decryption.open(fetch(ref, work), keys)) {
      return ArchiveReader.readManifest(in);
    } catch (EngineException e) {
      throw named(e, ref);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, ref.label(), e);
    }
  }

  /** Below here an archive is a stream or a work file; people want to know which archive it is. */
  private static EngineException named(EngineException failure, ArchiveRef ref) {
    boolean isAboutArchive =
        failure.kind() == ErrorKind.VERIFICATION_FAILED || failure.kind() == ErrorKind.WRONG_KEY;
    if (!isAboutArchive || failure.subject().equals(ref.label())) {
      return failure;
    }
    boolean saysMore = !UNNAMED.contains(failure.subject()) && !failure.subject().endsWith(FETCHED);
    String reason = saysMore ? failure.subject() + ": " + failure.reason() : failure.reason();
    EngineException named =
        new EngineException(failure.kind(), failure.operation(), ref.label(), reason)
            .withCause(failure);
    return failure.hint().map(named::withHint).orElse(named);
  }

  private Path fetch(ArchiveRef ref, WorkDirectory work) throws IOException {
    listener.stage(VerifyStage.FETCH, ref.label());
    if (ref instanceof ArchiveRef.Stored stored) {
      Path file = work.resolve(FETCHED);
      if (!Files.exists(file)) {
        copy(stored, file);
      }
      return file;
    }
    return requireFile(((ArchiveRef.File) ref).path());
  }

  private void copy(ArchiveRef.Stored stored, Path file) throws IOException {
    long total = stored.destination().stat(stored.path()).sizeBytes();
    FreeSpace.require(
        FreeSpace.of(file.toAbsolutePath().getParent()),
        total,
        "fetch archive",
        stored.label(),
        "point [backup] temp_directory at a larger file system");
    long done = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = stored.destination().get(stored.path());
        OutputStream out = Files.newOutputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Interruption.check("fetch archive", stored.path());
        out.write(buffer, 0, read);
        done += read;
        listener.progress(VerifyStage.FETCH, done, total);
      }
    }
    if (done != total) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED,
              "fetch archive",
              stored.path(),
              "the destination gave " + done + " of " + total + " bytes")
          .withHint("try again; if it stays so, the stored archive is damaged");
    }
  }

  private ExtractedArchive extract(ArchiveRef ref, Path file, WorkDirectory work)
      throws IOException {
    listener.stage(VerifyStage.EXTRACT, ref.label());
    Path directory = work.resolve("content");
    Permissions.createDirectories(directory);
    long total = Files.size(file);
    ArchiveLimits limits = ArchiveLimits.forFreeSpace(FreeSpace.of(directory));
    try (InputStream in = Decryption.open(file, keys)) {
      return ArchiveReader.extract(
          in,
          directory,
          limits,
          done -> {
            Interruption.check("unpack archive", ref.label());
            listener.progress(VerifyStage.EXTRACT, Math.min(done, total), total);
          });
    }
  }

  private static Path requireFile(Path path) {
    if (!Files.exists(path)) {
      throw new EngineException(ErrorKind.NOT_FOUND, OPERATION, path, "no such file")
          .withHint("tacvault list shows what is stored, with paths");
    }
    if (!Files.isRegularFile(path)) {
      throw new EngineException(ErrorKind.INVALID_INPUT, OPERATION, path, "it is not a plain file")
          .withHint("give the archive itself, for example backup-….tar.gz");
    }
    return path;
  }
}
