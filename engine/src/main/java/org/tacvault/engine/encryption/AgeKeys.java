package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.EncryptedFileKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyDecryptorFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.secret.Secret;

/**
 * Finds the file key of an age header with what the user offers. One reader for all keys, so that
 * the failure can say what was wanted and what was tried.
 */
final class AgeKeys implements RecipientStanzaReader {
  private static final String X25519 = "X25519";

  private final Keys keys;
  private final OpenFailures failures;

  AgeKeys(Keys keys, OpenFailures failures) {
    this.keys = keys;
    this.failures = failures;
  }

  /**
   * @throws EngineException if no key fits
   */
  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> header) throws GeneralSecurityException {
    List<RecipientStanza> stanzas = new ArrayList<>();
    header.forEach(stanzas::add);
    if (has(stanzas, ScryptStanza.TYPE)) {
      return withPassphrase(stanzas);
    }
    if (has(stanzas, X25519)) {
      return withIdentity(stanzas);
    }
    throw failures.unknownRecipients();
  }

  private static boolean has(List<RecipientStanza> stanzas, String type) {
    return stanzas.stream().anyMatch(stanza -> type.equals(stanza.getType()));
  }

  private FileKey withPassphrase(List<RecipientStanza> stanzas) {
    ScryptStanza stanza = onlyScrypt(stanzas);
    Secret passphrase = keys.passphrase().orElseThrow(failures::noPassphrase);
    CipherKey key =
        ScryptKey.derive(OpenFailures.OPERATION, passphrase, stanza.salt(), stanza.workFactor());
    try {
      return new FileKeyDecryptorFactory()
          .newFileKeyDecryptor()
          .getFileKey(new EncryptedFileKey(stanza.wrappedKey()), key);
    } catch (GeneralSecurityException e) {
      throw failures.wrongPassphrase().withCause(e);
    } finally {
      key.destroy();
    }
  }

  /** Age allows no other recipient beside a passphrase: who knows it is the only one who wrote. */
  private ScryptStanza onlyScrypt(List<RecipientStanza> stanzas) {
    if (stanzas.size() != 1) {
      throw failures.damaged("its age header mixes a passphrase with other recipients");
    }
    try {
      return ScryptStanza.parse(stanzas.get(0));
    } catch (IllegalArgumentException e) {
      throw failures.damaged("the passphrase line of its age header is malformed", e);
    }
  }

  private FileKey withIdentity(List<RecipientStanza> stanzas) throws GeneralSecurityException {
    if (keys.identities().isEmpty()) {
      throw failures.noIdentity();
    }
    for (Identity identity : keys.identities()) {
      RecipientStanzaReader reader = identity.reader();
      try {
        return reader.getFileKey(stanzas);
      } catch (GeneralSecurityException e) {
        // Not addressed to this identity; the next one may fit.
      }
    }
    throw failures.wrongIdentity();
  }
}
