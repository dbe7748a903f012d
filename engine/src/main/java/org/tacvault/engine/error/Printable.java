package org.tacvault.engine.error;

/**
 * Foreign text made fit for a message: control characters (also those that steer terminals) become
 * {@code ?}, and it is cut when long.
 */
public final class Printable {
  private static final int MAX_CHARACTERS = 100;

  private Printable() {}

  public static String of(String text) {
    boolean isLong = text.length() > MAX_CHARACTERS;
    String shown = isLong ? text.substring(0, MAX_CHARACTERS) : text;
    return shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?") + (isLong ? "…" : "");
  }
}
