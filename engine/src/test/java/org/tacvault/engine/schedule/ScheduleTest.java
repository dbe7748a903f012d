package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class ScheduleTest {
  private static final Instant SUNDAY = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 4 * * *       | 2026-11-30T04:00:00Z 2026-12-01T04:00:00Z",
        "*/15 * * * *    | 2026-11-29T12:15:00Z 2026-11-29T12:30:00Z",
        "0 4 * * 0       | 2026-12-06T04:00:00Z 2026-12-13T04:00:00Z",
        "0 4 * * 7       | 2026-12-06T04:00:00Z 2026-12-13T04:00:00Z",
        "0 4 * * MON-fri | 2026-11-30T04:00:00Z 2026-12-01T04:00:00Z",
        "0 4 * * 6-7     | 2026-12-05T04:00:00Z 2026-12-06T04:00:00Z",
        "30 2 1 Jan,jul *| 2027-01-01T02:30:00Z 2027-07-01T02:30:00Z",
        "0 0 29 2 *      | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z",
        "0 0 13 * 5      | 2026-12-04T00:00:00Z 2026-12-11T00:00:00Z 2026-12-13T00:00:00Z",
        "0 0 */10 * 1    | 2026-11-30T00:00:00Z 2026-12-01T00:00:00Z 2026-12-07T00:00:00Z",
        "0 0 1 * */7     | 2026-12-01T00:00:00Z 2026-12-06T00:00:00Z",
      })
  void cronRunsWhenUnixWouldRunIt(String value, String runs) {
    List<String> expected = List.of(runs.split(" "));
    Schedule schedule = Schedule.parse("cron", value, ZoneOffset.UTC);
    assertThat(schedule.preview(expected.size(), SUNDAY))
        .map(Instant::toString)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seconds:1  | 2026-11-29T12:00:01Z | every second",
        "minutes:15 | 2026-11-29T12:15:00Z | every 15 minutes",
        "hours:24   | 2026-11-30T12:00:00Z | every 24 hours",
        "day:1      | 2026-11-30T12:00:00Z | every day",
        "Weeks:2    | 2026-12-13T12:00:00Z | every 2 weeks",
        "days:3650  | 2036-11-26T12:00:00Z | every 3650 days",
      })
  void intervalRunsFirstAfterItsLength(String value, String run, String words) {
    Schedule schedule = Schedule.parse("interval", value, ZoneOffset.UTC);
    assertThat(schedule.preview(1, SUNDAY)).containsExactly(Instant.parse(run));
    assertThat(schedule.words()).isEqualTo(words);
    assertThat(Schedule.parse("interval", schedule.value(), ZoneOffset.UTC)).isEqualTo(schedule);
  }

  @Test
  void intervalKeepsItsBeatAndLeavesOutWhatItMissed() {
    Schedule schedule = Schedule.parse("interval", "minutes:15", ZoneOffset.UTC);
    assertThat(schedule.next(SUNDAY, SUNDAY.plusSeconds(20 * 60)))
        .contains(SUNDAY.plusSeconds(30 * 60));
    assertThat(schedule.next(SUNDAY, SUNDAY.plusSeconds(15 * 60)))
        .contains(SUNDAY.plusSeconds(30 * 60));
  }

  @Test
  void aClockThatWasSetBackDoesNotStopAnInterval() {
    Schedule schedule = Schedule.parse("interval", "minutes:15", ZoneOffset.UTC);
    Instant dayBefore = SUNDAY.minusSeconds(86_400);
    assertThat(schedule.next(SUNDAY, dayBefore)).contains(dayBefore.plusSeconds(15 * 60));
  }

  @Test
  void manualNeverRunsByItself() {
    Schedule schedule = Schedule.parse("manual", "", ZoneOffset.UTC);
    assertThat(schedule.preview(5, SUNDAY)).isEmpty();
    assertThat(schedule.words()).isEqualTo("only when somebody starts it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61 * * * *     | field 1 is '61'; it takes: minute, 0 to 59",
        "0 24 * * *     | field 2 is '24'; it takes: hour, 0 to 23",
        "0 4 0 * *      | field 3 is '0'",
        "0 4 1W * *     | field 3 is '1W'",
        "0 4 L * *      | field 3 is 'L'",
        "0 4 ? * 1      | field 3 is '?'",
        "0 4 * 13 *     | field 4 is '13'; it takes: month, 1 to 12 or jan to dec",
        "0 4 * * 8      | field 5 is '8'; it takes: day of the week, 0 to 7",
        "0 4 * * 1#2    | field 5 is '1#2'",
        "0 4 * * fri-mon| field 5 is 'fri-mon'",
        "*/0 * * * *    | field 1 is '*/0'",
        "5-1 * * * *    | field 1 is '5-1'",
        "1,,2 * * * *   | field 1 is '1,,2'",
        "-1 * * * *     | field 1 is '-1'",
        "0 4 * *        | five fields",
        "0 0 4 * * *    | five fields",
        "@daily         | five fields",
        "''             | five fields",
        "0 0 31 2 *     | it would never run",
      })
  void aBadCronExpressionIsRefusedWhereItIsWrong(String value, String hint) {
    assertInvalid("cron", value, "Invalid cron expression", hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15",
        "minutes",
        "minutes:",
        "minutes:0",
        "minutes:-1",
        "minutes:1.5",
        "months:1",
        "minutes:15:1",
        "minutes 15",
        "days:3651",
        "seconds:999999999",
        "weeks:99999999999"
      })
  void aBadIntervalIsRefused(String value) {
    assertInvalid("interval", value, "Invalid interval format (use 'unit:value')", "");
  }

  @Test
  void anUnknownTypeOrTimeZoneIsRefused() {
    assertInvalid("daily", "04:00", "schedule_type must be 'cron' or 'interval'", "'manual'");
    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> Schedule.zone("Mars/Olympus"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("Europe/"));
  }

  @Test
  void aHugeExpressionIsRefusedAndNotRepeatedWhole() {
    String huge = "1,".repeat(100_000) + "1 * * * *";
    EngineException failure = assertInvalid("cron", huge, "Invalid cron expression", "five");
    assertThat(failure.getMessage()).hasSizeLessThan(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 4 * * *         | every day at 04:00 UTC",
        "0 4,16 * * *      | every day at 04:00 and 16:00 UTC",
        "*/15 * * * *      | every 15 minutes",
        "* * * * *         | every minute",
        "5 * * * *         | at minute 5 of every hour",
        "*/10 9-17 * * 1-5 | every 10 minutes of hours 9 to 17, every Monday to Friday UTC",
        "0 2 * * 0         | every Sunday at 02:00 UTC",
        "0 2 * * 7,3       | every Sunday and Wednesday at 02:00 UTC",
        "30 3 1 * *        | on day 1 of the month at 03:30 UTC",
        "0 3 1,15 1 *      | on day 1 and 15 of the month in January at 03:00 UTC",
        "0 0 13 * 5        | on day 13 of the month and every Friday at 00:00 UTC",
        "0 0 * 6-8 *       | every day in June to August at 00:00 UTC",
      })
  void cronIsToldInWords(String value, String words) {
    assertThat(Schedule.parse("cron", value, ZoneOffset.UTC).words()).isEqualTo(words);
  }

  @Test
  void wordsNameTheTimeZone() {
    assertThat(Schedule.parse("cron", "0 4 * * *", ZoneId.of("Europe/Berlin")).words())
        .isEqualTo("every day at 04:00 Europe/Berlin");
    assertThat(Schedule.parse("cron", "0 4 * * *", ZoneId.of("UTC")).words()).endsWith("UTC");
  }

  private static EngineException assertInvalid(
      String type, String value, String reason, String hint) {
    EngineException failure =
        catchThrowableOfType(
            EngineException.class, () -> Schedule.parse(type, value, ZoneOffset.UTC));
    assertThat(failure).as(value).isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.hint().stream().collect(Collectors.joining())).contains(hint);
    return failure;
  }
}
