package org.tacvault.engine.backup;

import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Chooses how archives are encrypted. */
final class Encryptions {
  private Encryptions() {}

  /** Public keys win over the passphrase: with them the server cannot read its own old backups. */
  static Encryption of(BackupConfig settings) {
    if (!settings.encryptionEnabled()) {
      return Encryption.none();
    }
    if (!settings.encryptionRecipients().isEmpty()) {
      return Encryption.recipients(settings.encryptionRecipients());
    }
    return settings
        .encryptionPassphrase()
        .map(passphrase -> Encryption.passphrase(passphrase, Encryption.DEFAULT_WORK_FACTOR))
        .orElseThrow(
            () ->
                new EngineException(
                        ErrorKind.INVALID_CONFIG,
                        "encrypt backup",
                        "[backup] encryption_enabled",
                        "there is neither a passphrase nor a recipient")
                    .withHint(
                        "set BACKUP_ENCRYPTION_PASSPHRASE or [backup] encryption_recipients"));
  }
}
