package org.tacvault.engine.encryption;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.secret.Secret;

/** How archives are encrypted: not at all, or in the age format (age-encryption.org/v1). */
public interface Encryption {
  /**
   * 2^16 scrypt rounds: 64 MiB of memory and a fraction of a second per archive. The age tool's own
   * 2^18 would need 256 MiB, as much as the whole heap that this program allows itself; both read
   * either.
   */
  int DEFAULT_WORK_FACTOR = 16;

  /** Archives as they are. */
  static Encryption none() {
    return new NoEncryption();
  }

  /**
   * With a passphrase, stretched by scrypt (RFC 7914) with N = 2^{@code workFactor}, r = 8, p = 1,
   * which takes 2^{@code workFactor} KiB of memory when writing and when reading. The passphrase's
   * UTF-8 bytes are used as they are, like the age tool does.
   *
   * @param workFactor {@value ScryptKey#MIN_WORK_FACTOR} to {@value ScryptKey#MAX_WORK_FACTOR}
   * @throws org.tacvault.engine.error.EngineException INVALID_INPUT for an empty passphrase or a
   *     work factor out of bounds
   */
  static Encryption passphrase(Secret passphrase, int workFactor) {
    return AgeEncryption.toPassphrase(passphrase, workFactor);
  }

  /**
   * To X25519 public keys ({@code age1…}): any one of their identities opens the archive, and this
   * machine cannot open it itself.
   *
   * @throws org.tacvault.engine.error.EngineException INVALID_INPUT that names the string that is
   *     no public key, or if there is none
   */
  static Encryption recipients(List<String> recipients) {
    return AgeEncryption.toRecipients(recipients);
  }

  /**
   * A stream that encrypts into {@code out}; memory does not grow with the content. The archive is
   * whole only after {@link EncryptingStream#finish}.
   *
   * @throws IOException as thrown by {@code out}
   */
  EncryptingStream encrypt(OutputStream out) throws IOException;

  /** What is added to the archive's name: "" or ".age". */
  String suffix();

  /** What the catalog and users are told: "age-scrypt" or "age-X25519". */
  Optional<String> algorithm();
}
