package org.tacvault.engine.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An encrypted secret as it is stored: {@code tacvault-secret:v1:<key id>:<base64url>}, of a nonce
 * of 12 bytes, the ciphertext (AES-256-GCM) and a tag of 16 bytes.
 */
record SealedText(String keyId, byte[] content) {
  static final String PREFIX = "tacvault-secret:";

  private static final Pattern FORM =
      Pattern.compile(PREFIX + "v1:([0-9a-f]{8}):([A-Za-z0-9_-]{38,})");
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Empty when {@code text} is of another form, cut, or of a version to come. */
  static Optional<SealedText> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SealedText(form.group(1), Base64.getUrlDecoder().decode(form.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static SealedText seal(byte[] clear, SealingKey key, SecretPlace place)
      throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(clear);
    byte[] content = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
    System.arraycopy(encrypted, 0, content, NONCE_BYTES, encrypted.length);
    return new SealedText(key.id(), content);
  }

  /** Fails when it was changed, or was sealed by another key or for another place. */
  byte[] open(SealingKey key, SecretPlace place) throws GeneralSecurityException {
    byte[] nonce = Arrays.copyOf(content, NONCE_BYTES);
    return cipher(Cipher.DECRYPT_MODE, key, nonce, place)
        .doFinal(content, NONCE_BYTES, content.length - NONCE_BYTES);
  }

  String text() {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    return PREFIX + "v1:" + keyId + ":" + encoded;
  }

  private static Cipher cipher(int mode, SealingKey key, byte[] nonce, SecretPlace place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.forAes(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.bytes());
    return cipher;
  }
}
