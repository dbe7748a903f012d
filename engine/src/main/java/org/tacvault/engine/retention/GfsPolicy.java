package org.tacvault.engine.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tacvault.engine.destination.StoredArchive;

/**
 * Grandfather, father, son, with the Python server's windows: everything of the last days, then the
 * oldest of each ISO week, of each month (30 days) and of each year (365 days), in UTC. The windows
 * do not overlap. Keeping the oldest is what makes it stable: what was kept for its week is still
 * there to be kept for its month.
 */
record GfsPolicy(int daily, int weekly, int monthly, int yearly) implements RetentionPolicy {
  static final String STRATEGY = "gfs";
  private static final int DAYS_OF_WEEK = 7;
  private static final int DAYS_OF_MONTH = 30;
  private static final int DAYS_OF_YEAR = 365;
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("'month' uuuu-MM", Locale.ROOT);
  private static final DateTimeFormatter YEAR =
      DateTimeFormatter.ofPattern("'year' uuuu", Locale.ROOT);

  GfsPolicy {
    if (daily + weekly + monthly + yearly == 0) {
      throw KeepNumbers.invalid(STRATEGY, "at least one of the gfs numbers must be above 0");
    }
  }

  static GfsPolicy of(KeepNumbers numbers) {
    return new GfsPolicy(
        numbers.get(KeepNumbers.DAILY, 7),
        numbers.get(KeepNumbers.WEEKLY, 4),
        numbers.get(KeepNumbers.MONTHLY, 12),
        numbers.get(KeepNumbers.YEARLY, 3));
  }

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public String describe() {
    List<String> parts = new ArrayList<>();
    describe(parts, "all backups of the last", daily, "day");
    describe(parts, "one a week for", weekly, "week");
    describe(parts, "one a month for", monthly, "month");
    describe(parts, "one a year for", yearly, "year");
    return String.join(", ", parts);
  }

  private static void describe(List<String> parts, String what, int number, String unit) {
    if (number > 0) {
      parts.add(what + " " + number + " " + unit + (number == 1 ? "" : "s"));
    }
  }

  @Override
  public Map<String, Object> toConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(KeepNumbers.DAILY, daily);
    config.put(KeepNumbers.WEEKLY, weekly);
    config.put(KeepNumbers.MONTHLY, monthly);
    config.put(KeepNumbers.YEARLY, yearly);
    return config;
  }

  @Override
  public List<Decision> decide(List<StoredArchive> newestFirst, Instant now) {
    Set<String> taken = new HashSet<>();
    Deque<Decision> decisions = new ArrayDeque<>();
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      decisions.push(decide(newestFirst.get(i), now, taken));
    }
    return List.copyOf(decisions);
  }

  // Oldest first: the first of a bucket takes it.
  private Decision decide(StoredArchive archive, Instant now, Set<String> taken) {
    Duration age = Duration.between(archive.takenAt(), now);
    if (within(age, daily)) {
      return Decision.keep(archive, "not older than " + daily + " days");
    }
    String bucket = bucket(archive.takenAt().atZone(ZoneOffset.UTC), age);
    if (bucket.isEmpty()) {
      return Decision.delete(archive, "older than every period that is kept");
    }
    return taken.add(bucket)
        ? Decision.keep(archive, "oldest of " + bucket)
        : Decision.delete(archive, "not the oldest of " + bucket);
  }

  private String bucket(ZonedDateTime takenAt, Duration age) {
    if (within(age, weekly * DAYS_OF_WEEK)) {
      return "week %d-W%02d"
          .formatted(
              takenAt.get(IsoFields.WEEK_BASED_YEAR),
              takenAt.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
    if (within(age, monthly * DAYS_OF_MONTH)) {
      return MONTH.format(takenAt);
    }
    return within(age, yearly * DAYS_OF_YEAR) ? YEAR.format(takenAt) : "";
  }

  private static boolean within(Duration age, int days) {
    return days > 0 && age.compareTo(Duration.ofDays(days)) <= 0;
  }
}
