package org.tacvault.engine.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A 256-bit key that encrypts the secrets of the catalog; its text form shows only its id. */
final class SealingKey {
  static final int BYTES = 32;

  private static final int ID_DIGITS = 8;
  private static final String HEX = "[0-9A-Fa-f]{" + 2 * BYTES + "}";
  private static final byte[] ID_CONTEXT =
      "tacvault secret key id\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private final String id;

  private SealingKey(byte[] key) {
    this.key = key;
    this.id = idOf(key);
  }

  /** A new key from the operating system's randomness. */
  static SealingKey generate() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new SealingKey(key);
  }

  /**
   * Reads 32 bytes as Base64, as {@code openssl rand -base64 32} prints them, or as 64 hex digits.
   * A passphrase is no key: it could be guessed from a stolen catalog.
   *
   * @param where it stands, for the error, which never quotes the text
   */
  static SealingKey parse(String where, String text) {
    byte[] key = decode(text);
    if (key.length != BYTES) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG, "read secret key", where, "it is not a key of 32 bytes")
          .withHint("make one with: openssl rand -base64 32");
    }
    return new SealingKey(key);
  }

  private static byte[] decode(String text) {
    if (text.matches(HEX)) {
      return HexFormat.of().parseHex(text);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Eight hex digits, always the same for the same key; they tell nothing about it. */
  String id() {
    return id;
  }

  String encoded() {
    return Base64.getEncoder().encodeToString(key);
  }

  javax.crypto.SecretKey forAes() {
    return new SecretKeySpec(key, "AES");
  }

  @Override
  public String toString() {
    return "key " + id;
  }

  private static String idOf(byte[] key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ID_CONTEXT);
      return HexFormat.of().formatHex(digest.digest(key)).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
