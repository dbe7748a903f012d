package org.tacvault.engine.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.destination.StoredArchive;

/**
 * Tower of Hanoi by age: steps back in time that about double: 1, 3, 7, 15, 31 days and so on
 * without end. From an archive of {@code n} days the next step is the oldest of at most {@code
 * 2n+1} days; what lies between goes. If there is none within reach, the next older one is the
 * step.
 *
 * <p>This is stable however often it is applied, and however irregular the backups are: as days
 * pass, a step within reach stays within reach, so no gap grows beyond a doubling that did not
 * begin so. Two steps together more than double the age, so about 2 log2 of the days stay at most.
 * Days are those of UTC, so that a backup a little early or late makes no difference; all of today
 * stay.
 */
record HanoiPolicy() implements RetentionPolicy {
  static final String STRATEGY = "hanoi";

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public String describe() {
    return "backups at ages that about double (1, 3, 7, 15, 31 days and so on), without end";
  }

  @Override
  public Map<String, Object> toConfig() {
    return Map.of();
  }

  @Override
  public List<Decision> decide(List<StoredArchive> newestFirst, Instant now) {
    List<Decision> decisions = new ArrayList<>();
    long reach = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      StoredArchive archive = newestFirst.get(i);
      long age = age(archive, now);
      long older = i + 1 < newestFirst.size() ? age(newestFirst.get(i + 1), now) : Long.MAX_VALUE;
      if (age > 0 && older <= reach) {
        decisions.add(Decision.delete(archive, "an older one is within " + days(reach)));
      } else {
        decisions.add(Decision.keep(archive, reason(age, reach)));
        reach = 2 * age + 1;
      }
    }
    return decisions;
  }

  private static String reason(long age, long reach) {
    if (age == 0) {
      return "taken today";
    }
    return age <= reach ? "oldest within " + days(reach) : "next older one";
  }

  private static long age(StoredArchive archive, Instant now) {
    return Math.max(0, ChronoUnit.DAYS.between(dayOf(archive.takenAt()), dayOf(now)));
  }

  private static String days(long count) {
    return count == 1 ? "1 day" : count + " days";
  }

  private static LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
