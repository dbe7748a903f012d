package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;

/** The text rules of Python's {@code str} that its configparser relies on; Java's own differ. */
final class PythonText {
  private PythonText() {}

  /** Python's {@code str.isspace} for one character; no space lies outside the first plane. */
  static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r'
        || c >= '\u001c' && c <= ' '
        || c == '\u0085'
        || c == '\u00a0'
        || c == '\u1680'
        || c >= '\u2000' && c <= '\u200a'
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u202f'
        || c == '\u205f'
        || c == '\u3000';
  }

  static String strip(String text) {
    return stripEnd(text.substring(start(text)));
  }

  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Index of the first character that is not a space; the length if there is none. */
  static int start(String line) {
    int start = 0;
    while (start < line.length() && isSpace(line.charAt(start))) {
      start++;
    }
    return start;
  }

  /** Lines as Python reads a text file: ended by LF, CRLF or CR, and by nothing else. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        lines.add(text.substring(start, i));
        i += c == '\r' && text.startsWith("\n", i + 1) ? 1 : 0;
        start = i + 1;
      }
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
