package org.tacvault.server.security;

import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.SecretFile;

/**
 * The token that programs show instead of a session: {@code API_TOKEN}, else the first line of the
 * file that {@code API_TOKEN_FILE} names, else the systemd credential {@code api_token}. Without
 * one of them, no token is right.
 */
final class ApiToken {
  private static final Logger LOG = LoggerFactory.getLogger(ApiToken.class);
  private static final String OPERATION = "read API token";
  private static final String VARIABLE = "API_TOKEN";
  private static final String FILE_VARIABLE = "API_TOKEN_FILE";
  private static final String CREDENTIAL = "api_token";
  private static final int SHORT = 20;

  private final @Nullable SecretDigest digest;

  private ApiToken(@Nullable SecretDigest digest) {
    this.digest = digest;
  }

  /**
   * Looks for it where it may be.
   *
   * @throws EngineException INVALID_CONFIG when two places name one, or a file holds none
   */
  static ApiToken from(Environment environment) {
    Optional<String> variable = environment.nonEmpty(VARIABLE).map(String::strip);
    Optional<Path> named = environment.nonEmpty(FILE_VARIABLE).map(Path::of);
    if (variable.isPresent() && named.isPresent()) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG, OPERATION, VARIABLE, FILE_VARIABLE + " is set as well")
          .withHint("keep one of them");
    }
    Optional<String> token =
        variable.or(() -> named.or(() -> credential(environment)).map(ApiToken::firstLine));
    token.filter(text -> text.length() < SHORT).ifPresent(text -> warnOfShort());
    return new ApiToken(token.map(SecretDigest::of).orElse(null));
  }

  /** Compared in constant time. */
  boolean matches(String shown) {
    return digest != null && digest.matches(shown);
  }

  private static Optional<Path> credential(Environment environment) {
    return environment
        .nonEmpty("CREDENTIALS_DIRECTORY")
        .map(directory -> Path.of(directory, CREDENTIAL))
        .filter(Files::exists);
  }

  private static String firstLine(Path file) {
    SecretFile.exposure(OPERATION, file).ifPresent(LOG::warn);
    CharBuffer text = SecretFile.read(OPERATION, file);
    return text.toString()
        .lines()
        .map(String::strip)
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(
            () ->
                new EngineException(
                        ErrorKind.INVALID_CONFIG, OPERATION, file, "the first line is empty")
                    .withHint("write the token into the first line, or unset " + FILE_VARIABLE));
  }

  private static void warnOfShort() {
    LOG.warn(
        "The API token has fewer than {} characters and may be guessed;"
            + " 'openssl rand -hex 32' prints a good one",
        SHORT);
  }
}
