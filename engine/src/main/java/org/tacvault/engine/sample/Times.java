package org.tacvault.engine.sample;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The three ways in which the Python server writes times; all UTC. */
final class Times {
  private static final DateTimeFormatter SQL = utc("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter SQL_MICROS = utc("yyyy-MM-dd HH:mm:ss.SSSSSS");
  private static final DateTimeFormatter ISO_SECONDS = utc("yyyy-MM-dd'T'HH:mm:ss'+00:00'");
  private static final DateTimeFormatter ISO_MICROS = utc("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'");

  private Times() {}

  /** As SQLite's CURRENT_TIMESTAMP. */
  static String sql(Instant time) {
    return SQL.format(time);
  }

  static String sqlMicros(Instant time) {
    return SQL_MICROS.format(time);
  }

  static String isoSeconds(Instant time) {
    return ISO_SECONDS.format(time);
  }

  static String isoMicros(Instant time) {
    return ISO_MICROS.format(time);
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
