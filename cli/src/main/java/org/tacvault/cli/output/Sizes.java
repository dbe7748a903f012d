package org.tacvault.cli.output;

import java.util.Locale;

/** Bytes for people, in powers of 1,024 (IEC 80000-13). */
public final class Sizes {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Sizes() {}

  /** {@code 1536} as {@code 1.5 KiB}. */
  public static String human(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    double value = bytes / 1_024.0;
    int unit = 0;
    // What would be rounded to 1024.0 is shown in the next unit.
    while (value >= 1_023.95) {
      value /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
