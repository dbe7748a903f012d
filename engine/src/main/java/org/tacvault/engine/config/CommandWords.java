package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a command into words. Blanks, tabs and line ends separate them. Between single quotes
 * everything stands for itself. Between double quotes a backslash takes the meaning of a double
 * quote or a backslash that follows; elsewhere of any character. Nothing else has a meaning: no
 * variables, no patterns, no pipes, no {@code ;}.
 */
final class CommandWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int next;

  private CommandWords(String text) {
    this.text = text;
  }

  /** The words; nothing when a quote is not closed, or a backslash ends the text. */
  static Optional<List<String>> split(String text) {
    return new CommandWords(text).split();
  }

  private Optional<List<String>> split() {
    while (next < text.length()) {
      char character = text.charAt(next++);
      boolean isWhole =
          switch (character) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> take(character);
          };
      if (!isWhole) {
        return Optional.empty();
      }
    }
    endWord();
    return Optional.of(List.copyOf(words));
  }

  private boolean endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
    return true;
  }

  private boolean take(char character) {
    inWord = true;
    word.append(character);
    return true;
  }

  private boolean escaped() {
    return next < text.length() && take(text.charAt(next++));
  }

  private boolean singleQuoted() {
    inWord = true;
    int end = text.indexOf('\'', next);
    if (end < 0) {
      return false;
    }
    word.append(text, next, end);
    next = end + 1;
    return true;
  }

  private boolean doubleQuoted() {
    inWord = true;
    while (next < text.length()) {
      char character = text.charAt(next++);
      if (character == '"') {
        return true;
      }
      word.append(character == '\\' && isEscapable() ? text.charAt(next++) : character);
    }
    return false;
  }

  private boolean isEscapable() {
    return next < text.length() && (text.charAt(next) == '"' || text.charAt(next) == '\\');
  }
}
