package org.tacvault.engine.rekey;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.encryption.Encryption;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.secret.Secret;

/**
 * What archives are to be encrypted to.
 *
 * @param keys what opens them then, as far as it is known here
 * @param id the same for the same public keys; empty with a passphrase, of which no trace is kept
 * @param label for people
 */
public record NewKey(Encryption encryption, Keys keys, Optional<String> id, String label) {
  private static final int ID_DIGITS = 16;

  /** Public keys; any one of their identities opens the archives. */
  public static NewKey of(List<String> recipients) {
    String all = String.join("\n", new TreeSet<>(recipients));
    String id = Sha256.hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
    return new NewKey(
        Encryption.recipients(recipients),
        Keys.none(),
        Optional.of(id),
        String.join(", ", recipients));
  }

  /** A passphrase. */
  public static NewKey of(Secret passphrase) {
    return new NewKey(
        Encryption.passphrase(passphrase, Encryption.DEFAULT_WORK_FACTOR),
        Keys.of(passphrase),
        Optional.empty(),
        "a passphrase");
  }

  /** What new backups are encrypted to; {@code REFUSED} when they are not. */
  public static NewKey of(BackupConfig settings) {
    if (settings.encryptionEnabled() && !settings.encryptionRecipients().isEmpty()) {
      return of(settings.encryptionRecipients());
    }
    return settings
        .encryptionPassphrase()
        .filter(passphrase -> settings.encryptionEnabled())
        .map(NewKey::of)
        .orElseThrow(
            () ->
                new EngineException(
                        ErrorKind.REFUSED,
                        "encrypt archives",
                        "anew",
                        "the configuration does not encrypt backups")
                    .withHint(
                        "name what they are to be encrypted to: --to-recipient age1… or"
                            + " --to-passphrase-file FILE"));
  }
}
