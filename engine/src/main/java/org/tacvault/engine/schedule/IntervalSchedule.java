package org.tacvault.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;

/**
 * Every so often, counted from the last run; what it missed is not made up for.
 *
 * @param length at least a second, at most {@link #LONGEST}
 */
record IntervalSchedule(String unit, long count, Duration length) implements Schedule {
  static final String TYPE = "interval";
  static final Duration LONGEST = Duration.ofDays(3650);

  private static final Pattern FORM = Pattern.compile("([a-z]+):([0-9]{1,9})");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "second", Duration.ofSeconds(1),
          "minute", Duration.ofMinutes(1),
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1),
          "week", Duration.ofDays(7));

  static IntervalSchedule parse(String value) {
    Matcher form = FORM.matcher(value.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw invalid(value, "for example minutes:15, hours:24, days:1");
    }
    String unit = form.group(1).replaceFirst("s$", "");
    Duration one = UNITS.get(unit);
    if (one == null) {
      throw invalid(value, "the unit is one of seconds, minutes, hours, days, weeks");
    }
    long count = Long.parseLong(form.group(2));
    Duration length = one.multipliedBy(count);
    if (count < 1 || length.compareTo(LONGEST) > 0) {
      throw invalid(value, "the value is at least 1, and all of it at most ten years (days:3650)");
    }
    return new IntervalSchedule(unit, count, length);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String value() {
    return unit + "s:" + count;
  }

  @Override
  public ZoneId timeZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public String words() {
    return count == 1 ? "every " + unit : "every %d %ss".formatted(count, unit);
  }

  @Override
  public Optional<Instant> next(Instant last, Instant now) {
    Duration since = Duration.between(last, now);
    if (since.isNegative()) {
      // The clock was set back: do not wait for it to catch up.
      return Optional.of(now.plus(length));
    }
    return Optional.of(last.plus(length.multipliedBy(since.dividedBy(length) + 1)));
  }

  private static EngineException invalid(String value, String hint) {
    return new EngineException(
            ErrorKind.INVALID_INPUT,
            "read schedule",
            "'" + Printable.of(value) + "'",
            "Invalid interval format (use 'unit:value')")
        .withHint(hint);
  }
}
