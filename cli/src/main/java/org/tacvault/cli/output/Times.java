package org.tacvault.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations for people. */
public final class Times {
  private static final DateTimeFormatter ABSOLUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Times() {}

  /** {@code 2026-11-23 03:07:00 UTC}. */
  public static String absolute(Instant time, ZoneId zone) {
    return ABSOLUTE.format(time.atZone(zone));
  }

  /** {@code 3 hours ago}, {@code in 2 days} or {@code just now}; rounded down. */
  public static String relative(Instant time, Instant now) {
    long seconds = Duration.between(time, now).toSeconds();
    if (Math.abs(seconds) < 10) {
      return "just now";
    }
    String amount = amount(Math.abs(seconds));
    return seconds > 0 ? amount + " ago" : "in " + amount;
  }

  /** {@code 850 ms}, {@code 12.3 s} or {@code 4 min 05 s}. */
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    return "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private static String amount(long seconds) {
    if (seconds < MINUTE) {
      return count(seconds, "second");
    }
    if (seconds < HOUR) {
      return count(seconds / MINUTE, "minute");
    }
    return seconds < 2 * DAY ? count(seconds / HOUR, "hour") : count(seconds / DAY, "day");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
