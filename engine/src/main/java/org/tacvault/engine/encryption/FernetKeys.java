package org.tacvault.engine.encryption;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.tacvault.engine.secret.Secret;

/**
 * The two halves of a Fernet key, derived from a passphrase as the Python server does:
 * PBKDF2-HMAC-SHA256 over its UTF-8 bytes, 100,000 iterations, 32 bytes.
 */
record FernetKeys(SecretKeySpec signing, SecretKeySpec encryption) {
  private static final int ITERATIONS = 100_000;
  private static final int HALF_BYTES = 16;

  static FernetKeys derive(Secret passphrase, byte[] salt) throws GeneralSecurityException {
    char[] characters = passphrase.reveal();
    PBEKeySpec recipe = new PBEKeySpec(characters, salt, ITERATIONS, 2 * HALF_BYTES * Byte.SIZE);
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(recipe).getEncoded();
    try {
      return new FernetKeys(
          new SecretKeySpec(key, 0, HALF_BYTES, "HmacSHA256"),
          new SecretKeySpec(key, HALF_BYTES, HALF_BYTES, "AES"));
    } finally {
      recipe.clearPassword();
      Arrays.fill(characters, '\0');
      Arrays.fill(key, (byte) 0);
    }
  }

  Mac mac() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(signing);
    return mac;
  }

  Cipher cipher(String padding, byte[] initializationVector) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/" + padding);
    cipher.init(Cipher.DECRYPT_MODE, encryption, new IvParameterSpec(initializationVector));
    return cipher;
  }
}
