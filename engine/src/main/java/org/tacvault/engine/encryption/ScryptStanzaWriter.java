package org.tacvault.engine.encryption;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.crypto.CipherKey;
import com.exceptionfactory.jagged.framework.crypto.FileKeyEncryptorFactory;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.tacvault.engine.secret.Secret;

/** Wraps the file key under a passphrase, with a fresh salt for each archive. */
final class ScryptStanzaWriter implements RecipientStanzaWriter {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Secret passphrase;
  private final int workFactor;

  ScryptStanzaWriter(Secret passphrase, int workFactor) {
    this.passphrase = passphrase;
    this.workFactor = workFactor;
  }

  @Override
  public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey)
      throws GeneralSecurityException {
    byte[] salt = new byte[ScryptKey.SALT_BYTES];
    RANDOM.nextBytes(salt);
    CipherKey key = ScryptKey.derive("encrypt archive", passphrase, salt, workFactor);
    byte[] wrapped =
        new FileKeyEncryptorFactory()
            .newFileKeyEncryptor()
            .getEncryptedFileKey(fileKey, key)
            .getEncoded();
    key.destroy();
    return List.of(new ScryptStanza(salt, workFactor, wrapped));
  }
}
