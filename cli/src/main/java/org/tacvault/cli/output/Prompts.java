package org.tacvault.cli.output;

import java.util.Arrays;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/** Questions to the user; where nobody can answer they fail and say which option answers them. */
public final class Prompts {
  private static final String ASK_PASSPHRASE = "ask for passphrase";

  private final Keyboard keyboard;

  public Prompts(Keyboard keyboard) {
    this.keyboard = keyboard;
  }

  /** Whether anybody is there to answer. */
  public boolean canAsk() {
    return keyboard.isPresent();
  }

  /** Asks for the passphrase of {@code subject}, which exists. */
  public Secret passphrase(String subject) {
    return read("Passphrase of " + subject + ": ", subject);
  }

  /** Asks twice for a passphrase that {@code subject} shall get. */
  public Secret newPassphrase(String subject) {
    return twice("New passphrase of " + subject + ": ", ASK_PASSPHRASE, subject);
  }

  /** Asks twice for a password that {@code subject} shall get. */
  public Secret newPassword(String subject) {
    if (!canAsk()) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "ask for password", subject, "nobody can be asked here")
          .withHint("use --password-file");
    }
    return twice("New password of " + subject + ": ", "ask for password", subject);
  }

  private Secret twice(String prompt, String operation, String subject) {
    Secret first = read(prompt, subject);
    if (!first.equals(read("The same again: ", subject))) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, operation, subject, "the two entries differ")
          .withHint("nothing was changed; start again");
    }
    return first;
  }

  /** Whether the user answers {@code question} with the word yes; anything else means no. */
  public boolean confirm(String question) {
    return keyboard
        .line(question + " Type yes to go on: ")
        .map(String::strip)
        .filter("yes"::equalsIgnoreCase)
        .isPresent();
  }

  private Secret read(String prompt, String subject) {
    Optional<char[]> typed = keyboard.secret(prompt).filter(characters -> characters.length > 0);
    if (typed.isEmpty()) {
      throw new EngineException(
              ErrorKind.WRONG_KEY, ASK_PASSPHRASE, subject, "no passphrase was given")
          .withHint("use --passphrase-file, or set BACKUP_ENCRYPTION_PASSPHRASE");
    }
    try {
      return Secret.of(typed.get());
    } finally {
      Arrays.fill(typed.get(), '\0');
    }
  }
}
