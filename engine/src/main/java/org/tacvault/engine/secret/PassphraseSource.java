package org.tacvault.engine.secret;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Where passphrases come from, other than a prompt. Never the command line: others see that. */
public final class PassphraseSource {
  /** The environment variable that both this program and the Python server read. */
  public static final String VARIABLE = "BACKUP_ENCRYPTION_PASSPHRASE";

  private static final String OPERATION = "read passphrase file";

  private PassphraseSource() {}

  /** The value of {@link #VARIABLE}, taken literally; an empty one counts as not set. */
  public static Optional<Secret> fromEnvironment(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(value -> !value.isEmpty())
        .map(Secret::of);
  }

  /**
   * The first line of {@code file} without its line end (LF or CRLF), as gpg and age plugins read
   * passphrase files; blanks count, further lines do not. The file is UTF-8. {@link
   * SecretFile#exposure} tells whether others can read it.
   *
   * @throws EngineException INVALID_INPUT if the first line is empty or the file is not text
   */
  public static Secret fromFile(Path file) {
    CharBuffer text = SecretFile.read(OPERATION, file);
    try {
      Secret passphrase = firstLine(text);
      if (passphrase.isEmpty()) {
        throw new EngineException(
                ErrorKind.INVALID_INPUT, OPERATION, file, "the first line is empty")
            .withHint("write the passphrase into the first line of the file");
      }
      return passphrase;
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }

  private static Secret firstLine(CharBuffer text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n') {
      end++;
    }
    boolean carriageReturn = end > 0 && text.charAt(end - 1) == '\r';
    char[] line = new char[carriageReturn ? end - 1 : end];
    text.duplicate().get(line);
    Secret passphrase = Secret.of(line);
    Arrays.fill(line, '\0');
    return passphrase;
  }
}
