package org.tacvault.engine;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says until when a restore has to be confirmed, and how. */
public final class GoesBack {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private GoesBack() {}

  /** One sentence. */
  public static String text(Instant deadline) {
    return "Goes back at " + TIME.format(deadline) + " unless you run: tacvault restore --keep";
  }
}
