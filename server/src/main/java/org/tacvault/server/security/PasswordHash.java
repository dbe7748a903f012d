package org.tacvault.server.security;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/** bcrypt, as the Python server has it: {@code $2a$}, {@code $2b$} and {@code $2y$}. */
public final class PasswordHash {
  /** Shorter ones are guessed too fast. */
  public static final int LEAST_CHARACTERS = 10;

  /** What follows would not count in bcrypt. */
  public static final int MOST_BYTES = 72;

  private static final int COST = 12;
  private static final String OPERATION = "set password";

  private PasswordHash() {}

  /**
   * The hash of a new password, {@code $2b$} of cost 12, different each time.
   *
   * @throws EngineException INVALID_INPUT when it has fewer than {@link #LEAST_CHARACTERS}
   *     characters
   */
  public static String ofNew(Secret password) {
    char[] characters = password.reveal();
    try {
      if (characters.length < LEAST_CHARACTERS) {
        throw new EngineException(
                ErrorKind.INVALID_INPUT, OPERATION, "of the administrator", "it is too short")
            .withHint("at least " + LEAST_CHARACTERS + " characters");
      }
      return of(new String(characters));
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  /** The hash of a password of any length up to {@link #MOST_BYTES} bytes. */
  static String of(String password) {
    if (StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)).remaining() > MOST_BYTES) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, OPERATION, "of the administrator", "it is too long")
          .withHint("at most " + MOST_BYTES + " bytes: bcrypt would ignore the rest");
    }
    return BCrypt.hashpw(password, BCrypt.gensalt("$2b", COST));
  }

  static boolean matches(String password, String hash) {
    return BCrypt.checkpw(password, hash);
  }
}
