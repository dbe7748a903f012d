package org.tacvault.engine.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.backup.HostFacts;
import org.tacvault.engine.backup.Storage;
import org.tacvault.engine.destination.Content;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.io.WorkDirectory;

/** Takes archives that somebody brings from elsewhere into a destination. */
public final class ArchiveIntake {
  private static final String OPERATION = "take archive";

  private final HostFacts host;
  private final Path temp;
  private final boolean readBack;

  /**
   * @param temp where archives are unpacked to be verified
   * @param readBack whether what was stored is read back and compared
   */
  public ArchiveIntake(HostFacts host, Path temp, boolean readBack) {
    this.host = host;
    this.temp = temp;
    this.readBack = readBack;
  }

  /**
   * What was stored.
   *
   * @param unverified why it could not be verified; null when it was, and is good
   * @param warnings members that can be read but not restored
   */
  public record Taken(
      StoredArchive stored,
      ArchiveName name,
      String sha256,
      @Nullable String unverified,
      List<String> warnings) {}

  /**
   * Verifies the archive in {@code file} as a restore does, and stores it under its proper name. An
   * encrypted one that no key opens is stored unverified.
   *
   * @param filename what it was called where it comes from
   * @throws EngineException {@code VERIFICATION_FAILED} when it is no good archive, {@code
   *     CONFLICT} when one of its name is there already; then nothing is stored
   */
  public Taken take(Path file, String filename, Keys keys, Destination destination) {
    requireArchive(file, filename);
    try (WorkDirectory work = WorkDirectory.create(temp, "intake by " + host.owner())) {
      ArchiveOpener opener = new ArchiveOpener(keys, VerifyListener.NONE);
      CheckedArchive archive = opener.open(new ArchiveRef.File(file), work);
      return store(
          file,
          IntakeName.of(filename, archive),
          destination,
          null,
          ArchiveVerifier.warnings(archive));
    } catch (EngineException e) {
      if (e.kind() != ErrorKind.WRONG_KEY) {
        throw e;
      }
      return store(file, IntakeName.ofUnopened(filename), destination, e.reason(), List.of());
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, filename, e);
    }
  }

  private Taken store(
      Path file,
      ArchiveName name,
      Destination destination,
      @Nullable String unverified,
      List<String> warnings) {
    try {
      String sha256 = Sha256.hex(file);
      StoredArchive stored = destination.put(name.relativePath(), Content.of(file));
      Storage storage = new Storage(destination, Storage.ReadBack.of(readBack));
      storage.verifyOrRemove(stored, Files.size(file), sha256);
      return new Taken(stored, name, sha256, unverified, warnings);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, name.filename(), e);
    }
  }

  private static void requireArchive(Path file, String filename) {
    Optional<ArchiveKind> kind =
        Optional.of(ArchiveKind.of(file)).filter(found -> found != ArchiveKind.UNKNOWN);
    if (kind.isEmpty()) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED, OPERATION, filename, "it is not an archive")
          .withHint("an archive is a .tar.gz or .tar.zst of a backup, perhaps encrypted");
    }
  }
}
