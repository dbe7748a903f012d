package org.tacvault.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.tacvault.engine.io.Sha256;

/** SHA-256 of a secret text: compared in constant time, whatever the texts' lengths. */
final class SecretDigest {
  private final byte[] digest;

  private SecretDigest(byte[] digest) {
    this.digest = digest;
  }

  static SecretDigest of(String text) {
    MessageDigest sha256 = Sha256.newDigest();
    return new SecretDigest(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean matches(String text) {
    return MessageDigest.isEqual(digest, of(text).digest);
  }

  /** As a key of a map: whoever sees how long a look-up takes learns nothing of the text. */
  String hex() {
    return HexFormat.of().formatHex(digest);
  }
}
