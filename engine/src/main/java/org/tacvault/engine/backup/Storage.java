package org.tacvault.engine.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.Consumer;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;

/** Puts a packed archive at a destination and proves that it is there. */
public record Storage(Destination destination, ReadBack readBack) {
  // Every one of them would have been made in the same second.
  private static final int MAX_SEQUENCE = 1000;
  private static final String SIZE = "size";
  private static final int BUFFER_BYTES = 1 << 16;

  StoredArchive put(PackedArchive archive, String instance, BackupType type, Instant takenAt) {
    return put(
        new ArchiveName(instance, takenAt, type.id(), 1, archive.suffix()),
        archive.file(),
        name -> {});
  }

  /**
   * Stores {@code file} under the first name from {@code first} on that is free.
   *
   * @param beforeEach hears each name before it is tried
   */
  public StoredArchive put(ArchiveName first, Path file, Consumer<ArchiveName> beforeEach) {
    ArchiveName name = first;
    while (true) {
      beforeEach.accept(name);
      try {
        return destination.put(name.relativePath(), Content.of(file));
      } catch (EngineException e) {
        if (e.kind() != ErrorKind.CONFLICT || name.sequence() >= MAX_SEQUENCE) {
          throw e;
        }
        name = name.next();
      }
    }
  }

  /** When the bytes are compared, and not only their number. */
  public enum ReadBack {
    NEVER,
    /** When the store did not prove by itself that it holds them. */
    UNLESS_PROVEN,
    ALWAYS;

    /** What {@code verify_after_upload} asks for. */
    public static ReadBack of(boolean verifyAfterUpload) {
      return verifyAfterUpload ? UNLESS_PROVEN : NEVER;
    }
  }

  String verify(StoredArchive stored, PackedArchive archive) {
    return verify(stored, archive.sizeBytes(), archive.sha256());
  }

  /** {@link #verify}, and removes it when it differs. */
  public void verifyOrRemove(StoredArchive stored, long sizeBytes, String sha256) {
    try {
      verify(stored, sizeBytes, sha256);
    } catch (RuntimeException | Error e) {
      remove(stored, e);
      throw e;
    }
  }

  /**
   * Compares what the destination has with what it was given; {@code VERIFICATION_FAILED} when that
   * differs. Returns how that was proven, for people.
   */
  public String verify(StoredArchive stored, long sizeBytes, String sha256) {
    long size = destination.stat(stored.path()).sizeBytes();
    if (size != sizeBytes) {
      throw spoiled(stored, "it has " + size + " bytes instead of " + sizeBytes);
    }
    if (readBack == ReadBack.NEVER) {
      return SIZE;
    }
    if (readBack == ReadBack.UNLESS_PROVEN && stored.proof().isPresent()) {
      return SIZE + "; by the destination: " + stored.proof().get();
    }
    if (!sha256(stored).equals(sha256)) {
      throw spoiled(stored, "its SHA-256 is not that of what was sent");
    }
    return SIZE + "; SHA-256, read back";
  }

  private String sha256(StoredArchive stored) {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = destination.get(stored.path())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Interruption.check("read back archive", stored.path());
        digest.update(buffer, 0, read);
      }
      return Sha256.hex(digest);
    } catch (IOException e) {
      throw IoFailures.of("read back archive", stored.path(), e);
    }
  }

  /** Removes an archive that failed after it was stored. */
  public void remove(StoredArchive stored, Throwable reason) {
    boolean interrupted = Thread.interrupted();
    try {
      destination.delete(stored.path());
    } catch (EngineException e) {
      reason.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static EngineException spoiled(StoredArchive stored, String reason) {
    return new EngineException(
            ErrorKind.VERIFICATION_FAILED, "verify stored archive", stored.path(), reason)
        .withHint("the destination did not keep what it was given; check its disk, then try again");
  }
}
