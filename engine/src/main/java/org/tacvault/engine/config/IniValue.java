package org.tacvault.engine.config;

/**
 * A value and where it was read.
 *
 * @param text stripped; the lines of a continued value are joined by LF
 * @param line of the key, counted from 1
 */
public record IniValue(String text, int line) {
  /** Only the place: the text may be secret. */
  @Override
  public String toString() {
    return "value at line " + line;
  }
}
