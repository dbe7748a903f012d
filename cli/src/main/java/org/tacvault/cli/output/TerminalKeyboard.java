package org.tacvault.cli.output;

import java.io.Console;
import java.util.Optional;

/** The terminal that the process was started from. */
final class TerminalKeyboard implements Keyboard {
  private final Console console;

  TerminalKeyboard(Console console) {
    this.console = console;
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public Optional<String> line(String prompt) {
    return Optional.ofNullable(console.readLine("%s", prompt));
  }

  @Override
  public Optional<char[]> secret(String prompt) {
    return Optional.ofNullable(console.readPassword("%s", prompt));
  }
}
