package org.tacvault.cli.output;

import java.io.Console;
import java.util.Optional;

/** Somebody at a terminal who can be asked. */
public interface Keyboard {
  /** Nobody is there: answers nothing. */
  Keyboard NOBODY =
      new Keyboard() {
        @Override
        public boolean isPresent() {
          return false;
        }

        @Override
        public Optional<String> line(String prompt) {
          return Optional.empty();
        }

        @Override
        public Optional<char[]> secret(String prompt) {
          return Optional.empty();
        }
      };

  boolean isPresent();

  /** What was typed; empty at the end of input. */
  Optional<String> line(String prompt);

  /** What was typed without being shown; the caller clears it. */
  Optional<char[]> secret(String prompt);

  /** The keyboard of this process; nobody when standard input is not a terminal. */
  static Keyboard ofThisProcess(Terminal terminal) {
    // Since Java 22 there may be a console without a terminal: only the launcher knows.
    Console console = terminal.in() ? System.console() : null;
    return console == null ? NOBODY : new TerminalKeyboard(console);
  }
}
