package org.tacvault.engine.secret;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * A secret that is kept elsewhere: {@code env:NAME} is the value of a variable, {@code file:/path}
 * the content of a file (UTF-8, up to 64 KiB, without its last line end). It is looked up each time
 * it is needed.
 *
 * @param text as it is written and shown
 */
public record SecretReference(String text) {
  private static final String OPERATION = "look up secret";
  private static final String ENV = "env:";
  private static final String FILE = "file:";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  // Who may configure a destination chooses the server that a secret is sent to.
  private static final Set<String> OUR_OWN =
      Set.of(
          KeySources.VARIABLE,
          PassphraseSource.VARIABLE,
          "ADMIN_PASSWORD",
          "ADMIN_PASSWORD_HASH",
          "API_TOKEN");

  /** {@code INVALID_INPUT} when it can refer to nothing. */
  public SecretReference {
    if (text.startsWith(ENV)) {
      requireName(text, text.substring(ENV.length()));
    } else if (!text.startsWith(FILE) || !text.startsWith("/", FILE.length())) {
      throw invalid(text, "a file is named by its absolute path")
          .withHint("write file:/run/secrets/NAME or env:NAME");
    }
  }

  /** Whether {@code text} is meant as a reference. */
  public static boolean isReference(String text) {
    return text.startsWith(ENV) || text.startsWith(FILE);
  }

  /**
   * The secret itself.
   *
   * @throws EngineException INVALID_CONFIG that names the reference, when there is nothing
   */
  public Secret resolve(Map<String, String> environment) {
    return text.startsWith(ENV)
        ? variable(environment)
        : content(Path.of(text.substring(FILE.length())));
  }

  private Secret variable(Map<String, String> environment) {
    String value = environment.get(text.substring(ENV.length()));
    if (value == null || value.isEmpty()) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG, OPERATION, text, "the variable is not set")
          .withHint("set it where tacvault runs: in the service's environment, and in cron's");
    }
    return Secret.of(value);
  }

  private Secret content(Path file) {
    try {
      CharBuffer content = SecretFile.read(OPERATION, file);
      String value = content.toString().replaceFirst("\\r?\\n\\z", "");
      if (value.isEmpty()) {
        throw new EngineException(ErrorKind.INVALID_CONFIG, OPERATION, file, "the file is empty");
      }
      return Secret.of(value);
    } catch (EngineException e) {
      throw new EngineException(ErrorKind.INVALID_CONFIG, OPERATION, text, e.reason())
          .withHint(e.hint().orElse("write the secret into the file, readable by tacvault alone"));
    }
  }

  private static void requireName(String text, String name) {
    if (!NAME.matcher(name).matches()) {
      throw invalid(text, "that is not the name of a variable")
          .withHint("a secret that begins with 'env:' is put into a file: file:/path");
    }
    if (OUR_OWN.contains(name)) {
      throw invalid(text, "this variable is not for destinations")
          .withHint("keep the destination's secret in a variable of its own");
    }
  }

  private static EngineException invalid(String text, String reason) {
    // What was meant as a secret may stand there: only its beginning is shown.
    String shown = text.startsWith(ENV) ? ENV + "…" : FILE + "…";
    return new EngineException(ErrorKind.INVALID_INPUT, "refer to secret", shown, reason);
  }
}
