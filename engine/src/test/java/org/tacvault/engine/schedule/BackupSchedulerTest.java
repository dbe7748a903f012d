package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.schedule.JobHistory.Result;

class BackupSchedulerTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** Many times as long as the scheduler takes to look for due jobs. */
  private static final Duration A_WHILE = Duration.ofMillis(500);

  @TempDir Path directory;
  private SchedulerScene scene;

  @BeforeEach
  void setScene() {
    scene = new SchedulerScene(directory);
  }

  @Test
  void aJobRunsAtItsTimeAndItsHistoryTells() {
    scene.add("nightly", "cron", "0 4 * * *");
    try (BackupScheduler scheduler = scene.start()) {
      assertThat(scheduler.isRunning()).isTrue();
      scene.clock.advance(Duration.ofHours(17));
      await().until(() -> scene.history("nightly").lastStatus() == Result.COMPLETED);
    }
    assertThat(scene.work.triggeredBy).containsExactly("scheduler:nightly");
    Job job = scene.jobs().get("nightly");
    assertThat(job.nextRun()).isEqualTo("2026-12-01T04:00:00Z");
    assertThat(job.history().failureCount()).isZero();
    Execution execution = scene.catalog.find(job.history().lastExecutionId()).orElseThrow();
    assertThat(execution.request().backupType()).isEqualTo("scheduled");
    assertThat(execution.startedAt()).isBeforeOrEqualTo(job.history().lastRun());
  }

  @Test
  void aJobThatAnotherProcessAddsIsRunAtOnce() {
    try (BackupScheduler scheduler = scene.start()) {
      scene.add("often", "interval", "seconds:1");
      await().until(() -> scene.work.runs() >= 2);
      scene.jobs().remove("often");
      assertNoMoreRuns();
      assertThat(scheduler.jobs().list()).isEmpty();
    }
  }

  @Test
  void aMissedRunHappensOnceHoweverManyThereWere() {
    scene.add("hourly", "cron", "0 * * * *");
    scene.clock.advance(Duration.ofDays(30));
    try (BackupScheduler scheduler = scene.start()) {
      await().until(() -> scene.history("hourly").lastStatus() == Result.COMPLETED);
      assertThat(scene.heard).anyMatch(note -> note.contains("it runs now, once"));
      assertNoMoreRuns();
    }
    assertThat(scene.work.runs()).isEqualTo(1);
    assertThat(scene.jobs().get("hourly").nextRun()).isEqualTo("2026-12-29T13:00:00Z");
  }

  @Test
  void aMissedRunIsLeftOutWhenThatIsWanted() {
    scene.add("hourly", "cron", "0 * * * *");
    scene.rules = new JobRules(false, 3);
    scene.clock.advance(DAY);
    try (BackupScheduler scheduler = scene.start()) {
      assertNoMoreRuns();
    }
    assertThat(scene.work.runs()).isZero();
    assertThat(scene.heard).anyMatch(note -> note.contains("it was left out"));
    assertThat(scene.jobs().get("hourly").nextRun()).isEqualTo("2026-11-30T13:00:00Z");
  }

  @Test
  void aPausedJobDoesNotRunEvenAfterARestart() {
    scene.add("nightly", "cron", "0 4 * * *");
    try (BackupScheduler scheduler = scene.start()) {
      scheduler.jobs().pause("nightly");
    }
    scene.clock.advance(DAY);
    try (BackupScheduler scheduler = scene.start()) {
      assertNoMoreRuns();
      assertThat(scene.work.runs()).isZero();
      Job job = scheduler.jobs().resume("nightly");
      assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
      assertThat(job.nextRun()).isEqualTo("2026-12-01T04:00:00Z");
      scene.clock.advance(DAY);
      await().until(() -> scene.work.runs() == 1);
    }
  }

  @Test
  void aFailedRunIsTriedAgainWithGrowingPausesAndThenAtItsTime() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.failWith(ErrorKind.UNREACHABLE, false);
    try (BackupScheduler scheduler = scene.start()) {
      scene.clock.advance(Duration.ofHours(16));
      awaitFailures(1);
      for (int retry = 1; retry <= 3; retry++) {
        Instant next = scene.jobs().get("nightly").nextRun();
        Duration pause = Duration.between(scene.history("nightly").lastRun(), next);
        assertThat(pause)
            .isBetween(
                Duration.ofSeconds(30L << (retry - 1)),
                Duration.ofSeconds((30L << (retry - 1)) + 20));
        scene.clock.advance(pause);
        awaitFailures(retry + 1);
      }
      assertThat(scene.jobs().get("nightly").nextRun()).isEqualTo("2026-12-01T04:00:00Z");
      scene.work.failWith(null, false);
      scene.clock.advance(DAY);
      await().until(() -> scene.history("nightly").lastStatus() == Result.COMPLETED);
      assertThat(scene.history("nightly").failureCount()).isZero();
      assertThat(scene.history("nightly").lastError()).isNull();
    }
  }

  @Test
  void eachRegularRunHasItsOwnRetries() {
    scene.rules = new JobRules(true, 1);
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.failWith(ErrorKind.FAILED, false);
    try (BackupScheduler scheduler = scene.start()) {
      for (int night = 0; night < 2; night++) {
        scene.clock.advance(DAY);
        awaitFailures(2 * night + 1);
        scene.clock.advance(Duration.ofSeconds(40));
        awaitFailures(2 * night + 2);
      }
    }
    assertThat(scene.work.runs()).isEqualTo(4);
  }

  @Test
  void whatOnlyAPersonCanMendIsNotTriedAgainAndIsSeenAmongTheExecutions() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.failWith(ErrorKind.REFUSED, true);
    try (BackupScheduler scheduler = scene.start()) {
      scene.clock.advance(Duration.ofHours(16));
      awaitFailures(1);
      assertThat(scene.jobs().get("nightly").nextRun()).isEqualTo("2026-12-01T04:00:00Z");
    }
    String id = scene.history("nightly").lastExecutionId();
    Execution execution = scene.catalog.find(id).orElseThrow();
    assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(execution.errorMessage()).contains("no luck");
    assertThat(execution.request().triggeredBy()).isEqualTo("scheduler:nightly");
  }

  @Test
  void aJobThatFindsSomebodyElseAtWorkWaitsAndDoesNotFail() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.failWith(ErrorKind.BUSY, true);
    try (BackupScheduler scheduler = scene.start()) {
      scene.clock.advance(Duration.ofHours(16));
      await().until(() -> scene.history("nightly").lastStatus() == Result.WAITING);
      scene.work.failWith(null, false);
      scene.clock.advance(Aftermath.WAIT);
      await().until(() -> scene.history("nightly").lastStatus() == Result.COMPLETED);
    }
    assertThat(scene.history("nightly").failureCount()).isZero();
    assertThat(scene.catalog.list(ExecutionFilter.newest())).hasSize(1);
  }

  @Test
  void aTriggeredJobRunsBesideAndItsExecutionIsThereBeforeTheAnswer() {
    scene.add("by hand", "manual", "");
    scene.work.hold();
    try (BackupScheduler scheduler = scene.start()) {
      String id = scheduler.trigger("by hand", "manual:admin");
      Execution execution = scene.catalog.find(id).orElseThrow();
      assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
      assertThat(execution.request().triggeredBy()).isEqualTo("manual:admin");
      assertThat(scene.history("by hand").lastExecutionId()).isEqualTo(id);
      EngineException busy =
          catchThrowableOfType(
              EngineException.class, () -> scheduler.trigger("by hand", "manual:admin"));
      assertThat(busy.kind()).isEqualTo(ErrorKind.BUSY);
      scene.work.letEnd();
      await().until(() -> scene.history("by hand").lastStatus() == Result.COMPLETED);
    }
    assertThat(scene.jobs().get("by hand").nextRun()).isNull();
  }

  @Test
  void aTriggerThatCannotBeginSaysWhyAndLeavesNoTrace() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.failWith(ErrorKind.REFUSED, true);
    try (BackupScheduler scheduler = scene.start()) {
      assertThat(kindOf(() -> scheduler.trigger("nightly", "x"))).isEqualTo(ErrorKind.REFUSED);
      assertThat(kindOf(() -> scheduler.trigger("unknown", "x"))).isEqualTo(ErrorKind.NOT_FOUND);
    }
    assertThat(scene.history("nightly")).isEqualTo(JobHistory.NONE);
    assertThat(scene.catalog.list(ExecutionFilter.newest())).isEmpty();
  }

  @Test
  void aJobWhoseTimeComesWhileItWasTriggeredWaitsForItsTurn() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.hold();
    try (BackupScheduler scheduler = scene.start()) {
      scheduler.trigger("nightly", "manual:admin");
      scene.clock.advance(Duration.ofHours(16));
      await().until(() -> scene.history("nightly").lastStatus() == Result.WAITING);
      scene.work.letEnd();
      await()
          .until(
              () -> {
                // The first run may not have let go of its claim yet: then it waits once more.
                scene.clock.advance(Aftermath.WAIT);
                return scene.work.runs() == 2;
              });
      await().until(() -> scene.history("nightly").lastStatus() == Result.COMPLETED);
    }
    assertThat(scene.work.mostAtOnce).hasValue(1);
  }

  @Test
  void whatIsDoneToARunningJobTakesEffectWhenItEnds() {
    scene.work.hold();
    for (String id : new String[] {"paused", "removed", "changed"}) {
      scene.add(id, "cron", "0 4 * * *");
    }
    try (BackupScheduler scheduler = scene.start()) {
      scene.clock.advance(Duration.ofHours(16));
      await().until(() -> scene.work.atOnce.get() == 3);
      assertThat(scene.jobs().get("paused").running()).isTrue();
      assertThat(scene.jobs().get("paused").nextRun()).isEqualTo("2026-12-01T04:00:00Z");
      scheduler.jobs().pause("paused");
      scheduler.jobs().remove("removed");
      scene.add("changed", "cron", "30 5 * * *");
      scene.work.letEnd();
      await().until(() -> scene.work.atOnce.get() == 0);
      await().until(() -> scene.jobs().list().stream().noneMatch(Job::running));
      assertThat(scene.jobs().get("paused").nextRun()).isNull();
      assertThat(scene.jobs().find("removed")).isEmpty();
      assertThat(scene.jobs().get("changed").nextRun()).isEqualTo("2026-11-30T05:30:00Z");
      scene.clock.advance(DAY.plusHours(2));
      await().until(() -> scene.work.runs() == 4);
      assertNoMoreRuns();
    }
    assertThat(scene.work.triggeredBy).filteredOn("scheduler:changed"::equals).hasSize(2);
  }

  @Test
  void twoSchedulersOnOneHomeRunEachJobOnce() {
    for (int i = 0; i < 20; i++) {
      scene.add("job-" + i, "cron", "0 4 * * *");
    }
    try (BackupScheduler one = scene.start();
        BackupScheduler other = scene.start()) {
      scene.clock.advance(Duration.ofHours(16));
      await().until(() -> scene.work.runs() >= 20);
      assertNoMoreRuns();
      assertThat(one.isRunning() && other.isRunning()).isTrue();
    }
    assertThat(scene.work.triggeredBy).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void stoppingLetsARunEndAndBeginsNoOther() throws InterruptedException {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.hold();
    BackupScheduler scheduler = scene.start();
    scene.clock.advance(Duration.ofHours(16));
    await().until(() -> scene.work.atOnce.get() == 1);
    Thread stopping = new Thread(() -> scheduler.stop(Duration.ofSeconds(30)));
    stopping.start();
    await().until(() -> !scheduler.isRunning());
    assertThat(kindOf(() -> scheduler.trigger("nightly", "x"))).isEqualTo(ErrorKind.UNREACHABLE);
    scene.work.letEnd();
    stopping.join();
    assertThat(scene.history("nightly").lastStatus()).isEqualTo(Result.COMPLETED);
  }

  @Test
  void aRunThatTakesTooLongToEndIsCancelledAndMadeUpForAtTheNextStart() {
    scene.add("nightly", "cron", "0 4 * * *");
    scene.work.hold();
    BackupScheduler scheduler = scene.start();
    scene.clock.advance(Duration.ofHours(16));
    await().until(() -> scene.history("nightly").lastStatus() == Result.RUNNING);
    scheduler.stop(Duration.ZERO);
    assertThat(scene.history("nightly").lastStatus()).isEqualTo(Result.CANCELLED);
    assertThat(scene.jobs().get("nightly").running()).isFalse();
    scene.work.letEnd();
    try (BackupScheduler next = scene.start()) {
      await().until(() -> scene.history("nightly").lastStatus() == Result.COMPLETED);
    }
  }

  @Test
  void jobsThatCannotBeReadMakeItUnavailableUntilTheyCan() throws IOException {
    Files.createDirectory(scene.file());
    try (BackupScheduler scheduler = scene.start()) {
      assertThat(scheduler.isRunning()).isFalse();
      assertThat(scheduler.unavailable()).get().asString().contains("backup_jobs.db");
      assertThat(kindOf(scheduler::jobs)).isEqualTo(ErrorKind.UNREACHABLE);
      assertThat(kindOf(() -> scheduler.trigger("x", "y"))).isEqualTo(ErrorKind.UNREACHABLE);
      Files.delete(scene.file());
      await().until(scheduler::isRunning);
      assertThatCode(scheduler::jobs).doesNotThrowAnyException();
    }
    assertThat(scene.heard).element(0).asString().startsWith("unavailable: ");
    assertThat(scene.heard).contains("available");
  }

  @Test
  void jobsThatAreDamagedWhileItRunsMakeItUnavailable() throws IOException {
    scene.add("nightly", "cron", "0 4 * * *");
    try (BackupScheduler scheduler = scene.start()) {
      Files.writeString(scene.file(), "this is no database".repeat(1_000));
      await().until(() -> !scheduler.isRunning());
      assertThat(scheduler.unavailable()).get().asString().contains("not a job store");
    }
  }

  private void awaitFailures(int count) {
    await().until(() -> scene.history("nightly").failureCount() == count);
    await().until(() -> !scene.jobs().get("nightly").running());
  }

  private void assertNoMoreRuns() {
    int runs = scene.work.runs();
    await().during(A_WHILE).atMost(A_WHILE.multipliedBy(10)).until(() -> scene.work.runs() == runs);
  }

  private static ErrorKind kindOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(EngineException.class, work).kind();
  }
}
