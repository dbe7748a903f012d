package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class AftermathTest {
  private static final Instant NOW = Instant.parse("2026-11-29T04:10:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-11-30T04:00:00Z");

  @ParameterizedTest
  @CsvSource({"0,30", "1,60", "2,120", "6,1920", "7,3600", "19,3600"})
  void pausesDoubleUpToAnHour(int attempt, long seconds) {
    assertThat(next(job("0 4 * * *"), ErrorKind.FAILED, attempt, 20))
        .isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void theRegularTimeComesAfterSuccessAndAfterTheLastRetry() {
    assertThat(next(job("0 4 * * *"), null, 0, 3)).isEqualTo(TOMORROW);
    assertThat(next(job("0 4 * * *"), ErrorKind.FAILED, 3, 3)).isEqualTo(TOMORROW);
    assertThat(next(job("0 4 * * *"), ErrorKind.FAILED, 0, 0)).isEqualTo(TOMORROW);
  }

  @Test
  void aRetryIsNeverLaterThanTheRegularTime() {
    assertThat(next(job("11 4 * * *"), ErrorKind.FAILED, 5, 9))
        .isEqualTo(NOW.plus(Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "INVALID_INPUT",
        "INVALID_CONFIG",
        "NOT_FOUND",
        "REFUSED",
        "WRONG_KEY",
        "INTERRUPTED"
      })
  void whatOnlyAPersonCanMendIsNotTriedAgain(ErrorKind kind) {
    assertThat(next(job("0 4 * * *"), kind, 0, 3)).isEqualTo(TOMORROW);
  }

  @Test
  void whoFindsSomebodyElseAtWorkTriesAgainSoonHoweverOften() {
    assertThat(next(job("0 4 * * *"), ErrorKind.BUSY, 100, 0)).isEqualTo(NOW.plus(Aftermath.WAIT));
  }

  @Test
  void pausedJobsDoNotRunAgain() {
    Job paused = new Job(job("0 4 * * *").definition(), true, false, JobHistory.NONE, null);
    assertThat(Aftermath.next(paused, NOW, NOW, failure(ErrorKind.FAILED), 0, 3)).isEmpty();
  }

  private static Instant next(Job job, ErrorKind kind, int attempt, int retries) {
    return Aftermath.next(job, NOW, NOW, failure(kind), attempt, retries).orElseThrow();
  }

  private static EngineException failure(ErrorKind kind) {
    return kind == null ? null : new EngineException(kind, "back up", "to nas", "no luck");
  }

  private static Job job(String cron) {
    Schedule schedule = Schedule.parse("cron", cron, ZoneOffset.UTC);
    NewJob definition = NewJob.backup("a", schedule, "dest-1", "tester", NOW);
    return new Job(definition, false, false, JobHistory.NONE, null);
  }
}
