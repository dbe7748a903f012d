package org.tacvault.engine.sample;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Rising times that end at a given one: many on weekdays between 8 and 18 o'clock UTC, few at night
 * and at weekends.
 */
final class BusyHours {
  private static final int ROWS_PER_DAY = 2_500;
  private static final int LEAST_DAYS = 30;
  private static final int MOST_DAYS = 365;
  private static final double WORK_STARTS = 8 / 24.0;
  private static final double WORK_ENDS = 18 / 24.0;

  private final Instant end;
  private final Dice dice;
  private final double[] shares;
  private final int count;
  private int given;
  private int day;
  private double givenBeforeDay;

  BusyHours(int count, Instant end, Dice dice) {
    this.count = count;
    this.end = end;
    this.dice = dice;
    shares = shares(Math.max(LEAST_DAYS, Math.min(MOST_DAYS, count / ROWS_PER_DAY)));
  }

  /** The next of {@code count} times. */
  Instant next() {
    double position = given++ + dice.fraction();
    while (day < shares.length - 1 && position >= givenBeforeDay + shares[day] * count) {
      givenBeforeDay += shares[day] * count;
      day++;
    }
    double inDay = Math.min(1, (position - givenBeforeDay) / (shares[day] * count));
    Instant start = startOf(day);
    long length = Math.min(Duration.between(start, end).toMillis(), Duration.ofDays(1).toMillis());
    long micros = (long) (hour(inDay) * length * 1_000);
    return start.plus(micros, ChronoUnit.MICROS);
  }

  private double[] shares(int days) {
    double[] weights = new double[days];
    double sum = 0;
    for (int index = 0; index < days; index++) {
      DayOfWeek weekday = startOf(days, index).atZone(ZoneOffset.UTC).getDayOfWeek();
      boolean weekend = weekday.getValue() >= DayOfWeek.SATURDAY.getValue();
      weights[index] = (weekend ? 0.25 : 1.0) * (0.8 + 0.4 * dice.fraction());
      sum += weights[index];
    }
    for (int index = 0; index < days; index++) {
      weights[index] /= sum;
    }
    return weights;
  }

  private Instant startOf(int index) {
    return startOf(shares.length, index);
  }

  private Instant startOf(int days, int index) {
    return end.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days - 1L - index));
  }

  /** Where in a day (0 to 1) the given share of its records has been written. */
  private static double hour(double share) {
    if (share < 0.15) {
      return share / 0.15 * WORK_STARTS;
    }
    if (share < 0.9) {
      return WORK_STARTS + (share - 0.15) / 0.75 * (WORK_ENDS - WORK_STARTS);
    }
    return WORK_ENDS + (share - 0.9) / 0.1 * (1 - WORK_ENDS);
  }
}
