package org.tacvault.server.api.repeat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.tacvault.engine.io.Sha256;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;
import org.tacvault.server.security.Caller;

/** A key under which a caller may send a request again; kept as a hash. */
record IdempotencyKey(String hash) {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern GRAMMAR = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /** Another caller's key, or that of another operation, is another key. */
  static IdempotencyKey of(String key, String operation, Caller caller) {
    if (!GRAMMAR.matcher(key).matches()) {
      throw new ViolationException(
          new Violation(
              "string_pattern_mismatch",
              List.of("header", HEADER),
              "1 to 255 visible ASCII characters",
              null));
    }
    return new IdempotencyKey(hash(operation + "\n" + caller.name() + "\n" + key));
  }

  static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
