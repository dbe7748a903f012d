package org.tacvault.engine.encryption;

import java.nio.file.Path;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** What can be wrong with an archive that is to be opened, in the words of its user. */
record OpenFailures(Path file) {
  static final String OPERATION = "open archive";

  private static final String CHECK_COPY =
      "fetch the archive again or take another one; 'tacvault verify' tells which are whole";

  EngineException damaged(String reason) {
    return failure(ErrorKind.VERIFICATION_FAILED, reason).withHint(CHECK_COPY);
  }

  EngineException damaged(String reason, Exception cause) {
    return damaged(reason).withCause(cause);
  }

  EngineException noPassphrase() {
    return failure(ErrorKind.WRONG_KEY, "archive is encrypted but no passphrase was given")
        .withHint(
            "set BACKUP_ENCRYPTION_PASSPHRASE, or use --passphrase-file FILE"
                + " (--identity FILE is for archives encrypted to public keys)");
  }

  EngineException noIdentity() {
    return failure(
            ErrorKind.WRONG_KEY, "archive is encrypted to public keys but no identity was given")
        .withHint("use --identity FILE with one of the identities it was encrypted to");
  }

  EngineException wrongPassphrase() {
    return failure(ErrorKind.WRONG_KEY, "the passphrase does not open this archive")
        .withHint(
            "check the passphrase for case, keyboard layout and blanks at its end;"
                + " if it is surely right, the archive's beginning is damaged: fetch it again");
  }

  EngineException wrongIdentity() {
    return failure(ErrorKind.WRONG_KEY, "none of the given identities opens this archive")
        .withHint(
            "use --identity FILE with one of the identities it was encrypted to;"
                + " if it is surely right, the archive's beginning is damaged: fetch it again");
  }

  EngineException unknownRecipients() {
    return failure(
            ErrorKind.WRONG_KEY, "archive is encrypted to keys of a kind that is not supported")
        .withHint("passphrases and X25519 identities are supported; open it with: age -d " + file);
  }

  EngineException notAnArchive() {
    return failure(
            ErrorKind.VERIFICATION_FAILED, "it is neither gzip, zstd, age nor a TCBK archive")
        .withHint("check that the file is a backup, and that its transfer was not cut at once");
  }

  private EngineException failure(ErrorKind kind, String reason) {
    return new EngineException(kind, OPERATION, file, reason);
  }
}
