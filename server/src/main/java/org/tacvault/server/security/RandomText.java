package org.tacvault.server.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that nobody can guess. */
final class RandomText {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 6;
  // Without those that look like others.
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 5;
  private static final int GROUP_LENGTH = 4;

  private RandomText() {}

  /** 256 bits in 43 characters that need no escaping in a URL or cookie. */
  static String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  /** 12 hex digits that tell things apart and open nothing. */
  static String id() {
    return HexFormat.of().formatHex(bytes(ID_BYTES));
  }

  /** 99 bits in 20 characters that a person can type, in groups of four. */
  static String password() {
    return IntStream.range(0, GROUPS)
        .mapToObj(group -> characters(GROUP_LENGTH))
        .collect(Collectors.joining("-"));
  }

  private static String characters(int count) {
    return RANDOM
        .ints(count, 0, READABLE.length())
        .mapToObj(index -> READABLE.substring(index, index + 1))
        .collect(Collectors.joining());
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
