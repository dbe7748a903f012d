package org.tacvault.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How pages show sizes, times and durations; templates know it as {@code f}. */
@Component
public final class Formats {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final double STEP = 1_024;
  private static final String NONE = "–";
  private static final int SOON = 60;

  private final InstantSource clock;

  Formats(InstantSource clock) {
    this.clock = clock;
  }

  /** For example {@code 1.4 MiB}; a dash when unknown. */
  public String bytes(@Nullable Number count) {
    if (count == null) {
      return NONE;
    }
    double value = count.doubleValue();
    int unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    String pattern = unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, pattern, value, UNITS[unit]);
  }

  /** For example {@code 1,463,022}. */
  public String count(@Nullable Number count) {
    return count == null ? NONE : String.format(Locale.ROOT, "%,d", count.longValue());
  }

  /** For example {@code 2026-11-29 02:00:00 UTC}. */
  public String time(@Nullable Instant time) {
    return time == null ? NONE : TIME.format(time);
  }

  /** For example {@code 3 h ago} or {@code in 20 min}. */
  public String relative(@Nullable Instant time) {
    if (time == null) {
      return NONE;
    }
    Duration since = Duration.between(time, clock.instant());
    if (since.abs().toSeconds() < SOON) {
      return since.isNegative() ? "in a moment" : "just now";
    }
    String words = rough(since.abs());
    return since.isNegative() ? "in " + words : words + " ago";
  }

  /** For example {@code 350 ms}, {@code 12 s} or {@code 3 min 20 s}. */
  public String duration(@Nullable Duration time) {
    if (time == null) {
      return NONE;
    }
    if (time.toMillis() < 1_000) {
      return Math.max(0, time.toMillis()) + " ms";
    }
    if (time.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }
    return time.toHours() < 1
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** {@link #duration} from one time to another, or to now. */
  public String between(Instant from, @Nullable Instant to) {
    return duration(Duration.between(from, to == null ? clock.instant() : to));
  }

  /** {@link #duration} of seconds. */
  public String seconds(@Nullable Long count) {
    return count == null ? NONE : duration(Duration.ofSeconds(count));
  }

  private static String rough(Duration time) {
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
  }
}
