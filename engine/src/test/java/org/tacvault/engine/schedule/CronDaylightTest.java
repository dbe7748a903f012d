package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clocks that jump do to runs; and that runs are those of a clock read minute by minute. */
class CronDaylightTest {
  @ParameterizedTest
  @CsvSource({
    // The clock goes from 02:00 to 03:00 in Berlin, and from 02:00 to 03:00 in New York.
    "Europe/Berlin,    2026-03-28, 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
    "America/New_York, 2026-03-07, 2026-03-07T07:30:00Z 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z",
    // And back from 03:00 to 02:00, and from 02:00 to 01:00.
    "Europe/Berlin,    2026-10-24, 2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
    "America/New_York, 2026-10-31, 2026-10-31T06:30:00Z 2026-11-01T07:30:00Z 2026-11-02T07:30:00Z",
  })
  void aNightlyRunHappensOnceInEveryNight(String zone, LocalDate day, String runs) {
    assertThat(runs("30 2 * * *", zone, day, 3)).isEqualTo(runs);
  }

  @Test
  void aRunWhoseTimeComesTwiceHappensTheFirstTimeOnly() {
    assertThat(runs("30 1 * * *", "America/New_York", LocalDate.of(2026, 11, 1), 2))
        .isEqualTo("2026-11-01T05:30:00Z 2026-11-02T06:30:00Z");
  }

  @Test
  void severalRunsInTheGapAreOne() {
    assertThat(runs("*/20 2,4 * * *", "Europe/Berlin", LocalDate.of(2026, 3, 29), 4))
        .isEqualTo(
            "2026-03-29T01:00:00Z 2026-03-29T02:00:00Z 2026-03-29T02:20:00Z 2026-03-29T02:40:00Z");
  }

  @Test
  void whatRunsInAllHoursGoesByElapsedTime() {
    assertThat(runs("30 * * * *", "Europe/Berlin", LocalDate.of(2026, 3, 29), 4))
        .isEqualTo(
            "2026-03-28T23:30:00Z 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z");
    assertThat(runs("0 * * * *", "Europe/Berlin", LocalDate.of(2026, 10, 25), 5))
        .isEqualTo(
            "2026-10-24T22:00:00Z 2026-10-24T23:00:00Z 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z"
                + " 2026-10-25T02:00:00Z");
  }

  @Test
  void aZoneThatJumpsByHalfAnHourLosesNoRun() {
    // Lord Howe Island: from 02:00 to 02:30.
    assertThat(runs("15 2 * * *", "Australia/Lord_Howe", LocalDate.of(2026, 10, 4), 2))
        .isEqualTo("2026-10-03T15:30:00Z 2026-10-04T15:15:00Z");
  }

  /** Random expressions against a clock that is looked at every minute. */
  @RepeatedTest(200)
  void runsAreThoseOfAClockThatIsReadEveryMinute(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ZoneId zone =
        ZoneId.of(List.of("UTC", "Europe/Berlin", "America/New_York").get(random.nextInt(3)));
    CronExpression expression = CronExpression.parse(randomExpression(random));
    Schedule schedule = new CronSchedule(expression, zone);
    Instant from =
        LocalDateTime.of(2026, 1, 1, 0, 0)
            .plusMinutes(random.nextInt(525_600))
            .atZone(zone)
            .toInstant();
    Instant last = from;
    for (Instant run : schedule.preview(20, from)) {
      assertThat(run).as(expression.text()).isAfter(last);
      assertThat(shownBetween(expression, zone, last, run)).as(expression.text()).isTrue();
      last = run;
    }
  }

  /**
   * Whether the wall clock, after {@code last}, shows a time of the expression first at {@code
   * run}.
   */
  private static boolean shownBetween(
      CronExpression expression, ZoneId zone, Instant last, Instant run) {
    long limit = 60 * 24 * 3;
    ZonedDateTime end = run.atZone(zone);
    boolean afterGap =
        zone.getRules().getTransition(end.toLocalDateTime().minusMinutes(1)) != null
            || zone.getRules().getValidOffsets(end.toLocalDateTime().minusMinutes(1)).isEmpty();
    if (!matches(expression, end.toLocalDateTime()) && !afterGap) {
      return false;
    }
    Instant minute = last.plusSeconds(60);
    for (long i = 0; i < limit && minute.isBefore(run); i++, minute = minute.plusSeconds(60)) {
      LocalDateTime wall = LocalDateTime.ofInstant(minute, zone);
      boolean secondTime =
          !expression.runsInAllHours()
              && zone.getRules().getValidOffsets(wall).size() == 2
              && !zone.getRules()
                  .getOffset(minute)
                  .equals(zone.getRules().getValidOffsets(wall).get(0));
      if (matches(expression, wall) && !secondTime) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(CronExpression expression, LocalDateTime wall) {
    List<CronField> fields = expression.fields();
    boolean day = fields.get(CronField.DAY).values().get(wall.getDayOfMonth());
    boolean weekday =
        fields.get(CronField.WEEKDAY).values().get(wall.getDayOfWeek().getValue() % 7);
    boolean either = !fields.get(CronField.DAY).any() && !fields.get(CronField.WEEKDAY).any();
    return fields.get(CronField.MINUTE).values().get(wall.getMinute())
        && fields.get(CronField.HOUR).values().get(wall.getHour())
        && fields.get(CronField.MONTH).values().get(wall.getMonthValue())
        && (either ? day || weekday : day && weekday);
  }

  private static String randomExpression(Random random) {
    return String.join(
        " ",
        field(random, 0, 59),
        field(random, 0, 23),
        field(random, 1, 28),
        field(random, 1, 12),
        field(random, 0, 7));
  }

  private static String field(Random random, int first, int last) {
    int one = first + random.nextInt(last - first + 1);
    int other = one + random.nextInt(last - one + 1);
    return switch (random.nextInt(5)) {
      case 0 -> Integer.toString(one);
      case 1 -> one + "-" + other;
      case 2 -> one + "," + other;
      case 3 -> "*/" + (1 + random.nextInt(Math.max(1, (last - first) / 2)));
      default -> "*";
    };
  }

  private static String runs(String expression, String zone, LocalDate day, int count) {
    ZoneId id = ZoneId.of(zone);
    Instant from = day.atStartOfDay(id).minusSeconds(1).toInstant();
    return String.join(
        " ",
        Schedule.parse("cron", expression, id).preview(count, from).stream()
            .map(Instant::toString)
            .toList());
  }
}
