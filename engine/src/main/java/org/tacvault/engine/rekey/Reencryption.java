package org.tacvault.engine.rekey;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Decryption;
import org.tacvault.engine.encryption.EncryptingStream;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.encryption.ProvenEncryption;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.io.FreeSpace;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.io.WorkDirectory;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * One archive on its way from the old key to the new one. Its plaintext is never on a disk, and
 * never in memory as a whole.
 */
final class Reencryption {
  private static final String OPERATION = "encrypt archive anew";
  private static final int BUFFER_BYTES = 1 << 16;

  private final RekeyRequest request;
  private final WorkDirectory work;
  private final StoredArchive old;

  /** A new archive in the work directory, proven to hold what the old one holds. */
  record NewArchive(Path file, long sizeBytes, String sha256) {}

  Reencryption(RekeyRequest request, WorkDirectory work, StoredArchive old) {
    this.request = request;
    this.work = work;
    this.old = old;
  }

  /**
   * @param expected SHA-256 of the old archive, where it is known
   */
  NewArchive run(Optional<String> expected) throws IOException {
    Path fetched = fetch(expected);
    Path made = work.resolve("new");
    Keys keys =
        request
            .oldKeys()
            .apply(
                new ArchiveRef.Stored(request.destinationId(), request.destination(), old.path()));
    try (ProvenEncryption encryption = ProvenEncryption.of(request.newKey().encryption())) {
      MessageDigest packed = Sha256.newDigest();
      String plain = encrypt(fetched, keys, encryption, made, packed);
      request.listener().done(RekeyStep.ENCRYPT);
      Files.delete(fetched);
      prove(encryption, made, plain);
      request.listener().done(RekeyStep.PROVE);
      return new NewArchive(made, Files.size(made), Sha256.hex(packed));
    }
  }

  private Path fetch(Optional<String> expected) throws IOException {
    Path file = work.resolve("old");
    FreeSpace.require(
        FreeSpace.of(work.path()),
        2 * old.sizeBytes(),
        OPERATION,
        old.path(),
        "point [backup] temp_directory at a larger file system");
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = request.destination().get(old.path());
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      copy(in, out, RekeyStep.FETCH);
    }
    if (expected.isPresent() && !expected.get().equals(Sha256.hex(digest))) {
      throw failure("it is not what was stored: its SHA-256 differs from the catalog's")
          .withHint("find out whether it is whole before it is encrypted anew: tacvault verify");
    }
    request.listener().done(RekeyStep.FETCH);
    return file;
  }

  /** Returns the SHA-256 of what was in the old archive. */
  private String encrypt(
      Path fetched, Keys keys, ProvenEncryption encryption, Path made, MessageDigest packed)
      throws IOException {
    MessageDigest plain = Sha256.newDigest();
    try (InputStream in = Decryption.open(fetched, keys);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(made), BUFFER_BYTES);
        EncryptingStream encrypted = encryption.encrypt(new DigestOutputStream(file, packed))) {
      copy(in, new DigestOutputStream(encrypted, plain), RekeyStep.ENCRYPT);
      encrypted.finish();
      file.flush();
    }
    return Sha256.hex(plain);
  }

  private void prove(ProvenEncryption encryption, Path made, String plain) throws IOException {
    Keys keys = request.newKey().keys();
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in =
        keys.equals(Keys.none()) ? encryption.readBack(made) : Decryption.open(made, keys)) {
      copy(in, new DigestOutputStream(OutputStream.nullOutputStream(), digest), RekeyStep.PROVE);
    }
    if (!Sha256.hex(digest).equals(plain)) {
      throw failure("the new archive does not hold what the old one holds")
          .withHint("the old archive stays; check the memory and the disk of this machine");
    }
  }

  private void copy(InputStream in, OutputStream out, RekeyStep step) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      Interruption.check(OPERATION, old.path());
      out.write(buffer, 0, read);
      done += read;
      request.listener().progress(step, done, Math.max(done, old.sizeBytes()));
    }
  }

  private EngineException failure(String reason) {
    return new EngineException(ErrorKind.VERIFICATION_FAILED, OPERATION, old.path(), reason);
  }
}
