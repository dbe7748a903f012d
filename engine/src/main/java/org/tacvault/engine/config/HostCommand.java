package org.tacvault.engine.config;

import java.util.List;

/**
 * A program with its arguments, as the configuration names it.
 *
 * @param name what it is for: {@code stop}, {@code start}, {@code reload} or {@code health}
 * @param text as configured; it may hold a secret
 * @param words the program and its arguments; the program is an absolute path, or a name to be
 *     found on {@code PATH}
 */
public record HostCommand(String name, String text, List<String> words) {
  public HostCommand {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("no program for " + name);
    }
  }

  static HostCommand shell(String name, String text) {
    return new HostCommand(name, text, List.of("/bin/sh", "-c", text));
  }

  /** The program, which need not exist. */
  public String program() {
    return words.get(0);
  }

  /** Without the words, which may be secret. */
  @Override
  public String toString() {
    return name + " command";
  }
}
