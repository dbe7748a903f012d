package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobHistory;
import org.tacvault.engine.schedule.JobStatus;
import org.tacvault.engine.schedule.NewJob;
import org.tacvault.engine.schedule.Schedule;
import org.tacvault.engine.schedule.ScheduleListener;
import org.tacvault.engine.testing.ChildJvm;

/** Jobs of a real home: real backups, by processes that are ended and killed. */
class EngineScheduleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path root;
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private BackupEngine engine;

  @BeforeEach
  void createHome() {
    SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, EngineScene.NOW);
    engine = open();
  }

  @AfterEach
  void closeHome() {
    engine.close();
  }

  @Test
  void aJobFiresAgainAfterTheServiceWasRestarted() throws Exception {
    addJob("often", "seconds:1");
    String first;
    try (ChildJvm service = ChildJvm.start(SchedulerProcess.class, home())) {
      assertThat(service.awaitLine("up ")).isEqualTo("true");
      first = service.awaitLine("ended ");
      service.endInput();
      assertThat(service.awaitExit()).isZero();
    }
    int before = backups().size();
    try (ChildJvm service = ChildJvm.start(SchedulerProcess.class, home())) {
      service.awaitLine("up ");
      String second = service.awaitLine("ended ");
      assertThat(second).isNotEqualTo(first);
      service.endInput();
      assertThat(service.awaitExit()).isZero();
    }
    assertThat(backups()).hasSizeGreaterThan(before);
    assertThat(backups())
        .allSatisfy(
            execution -> {
              assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
              assertThat(execution.request().triggeredBy()).isEqualTo("scheduler:often");
              assertThat(execution.result().backupPath()).contains("/scheduled/");
              assertThat(Path.of(execution.result().backupPath())).isRegularFile();
            });
  }

  @Test
  void aServiceThatIsKilledInARunMarksItFailedAndRunsTheJobAgain() throws Exception {
    addJob("often", "seconds:2");
    String killed;
    try (ChildJvm service = ChildJvm.start(SchedulerProcess.class, home(), "halt")) {
      killed = service.awaitLine("began ");
      service.awaitLine("halted");
    }
    assertThat(engine.jobs().get("often").running()).isTrue();
    try (ChildJvm service = ChildJvm.start(SchedulerProcess.class, home())) {
      service.awaitLine("up ");
      String next = service.awaitLine("began ");
      assertThat(next).isNotEqualTo(killed);
      await().atMost(PATIENCE).until(() -> status(next) == ExecutionStatus.COMPLETED);
    }
    Execution interrupted = engine.catalog().find(killed).orElseThrow();
    assertThat(interrupted.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(interrupted.errorMessage()).startsWith("interrupted");
  }

  @Test
  void theFirstStartWithoutDestinationsMakesSomeAndLaterOnesDoNot() {
    try (BackupScheduler scheduler = start()) {
      DestinationRecord row = engine.catalog().destinations().get("local-default");
      assertThat(row.createdBy()).isEqualTo("system");
      assertThat(row.config()).containsEntry("base_path", home() + "/data/backups");
      Job job = scheduler.jobs().get("backup_daily_default");
      assertThat(job.schedule().value()).isEqualTo("0 4 * * *");
      assertThat(job.destinationId()).isEqualTo(row.id());
      assertThat(notes).anyMatch(note -> note.startsWith("First start without destinations"));
      assertThat(engine.removeDestination(row.id()))
          .extracting(Job::id)
          .containsExactly("backup_daily_default");
    }
    try (BackupScheduler scheduler = start()) {
      assertThat(engine.catalog().destinations().list()).isEmpty();
      assertThat(scheduler.jobs().list())
          .extracting(Job::id)
          .containsExactly("retention_enforcement");
    }
  }

  @Test
  void aHomeWithADestinationGetsNoOther() {
    addDestination("nas");
    try (BackupScheduler scheduler = start()) {
      assertThat(scheduler.isRunning()).isTrue();
      assertThat(engine.catalog().destinations().list()).hasSize(1);
      assertThat(scheduler.jobs().find("backup_daily_default")).isEmpty();
    }
  }

  @Test
  void aStartThatWasKilledHalfWayThroughItsFirstGoesOnWithIt() {
    engine
        .destinations()
        .add(
            NewDestination.keepingDays(
                "local-default",
                "local",
                Map.of("base_path", root + "/store"),
                30,
                EngineScene.NOW,
                "system"));
    try (BackupScheduler scheduler = start()) {
      assertThat(scheduler.jobs().find("backup_daily_default")).isPresent();
    }
  }

  @Test
  void retentionIsAJobOfTheSystemThatCanBeRunAtAnyTime() {
    addDestination("nas");
    try (BackupScheduler scheduler = start()) {
      Job job = scheduler.jobs().get("retention_enforcement");
      assertThat(job.definition().createdBy()).isEqualTo("system");
      assertThat(job.schedule().words()).isEqualTo("every day at 04:00 UTC");
      String id = scheduler.trigger("retention_enforcement", "manual:admin");
      Execution execution = engine.catalog().find(id).orElseThrow();
      assertThat(execution.kind()).isEqualTo(ExecutionKind.RETENTION);
      assertThat(execution.request().triggeredBy()).isEqualTo("manual:admin");
      await()
          .until(
              () ->
                  scheduler.jobs().get("retention_enforcement").history().lastStatus()
                      == JobHistory.Result.COMPLETED);
    }
  }

  @Test
  void theTimeOfRetentionIsASetting() {
    try (BackupScheduler scheduler = start()) {
      scheduler.jobs().pause("retention_enforcement");
    }
    BackupEngine other = open(Map.of("TACACS_BACKUP_RETENTION_TIME", "23:30"));
    try (BackupScheduler scheduler = start(other)) {
      Job job = scheduler.jobs().get("retention_enforcement");
      assertThat(job.schedule().value()).isEqualTo("30 23 * * *");
      assertThat(job.status()).isEqualTo(JobStatus.PAUSED);
    }
    other = open(Map.of("TACACS_BACKUP_RETENTION_TIME", "off"));
    try (BackupScheduler scheduler = start(other)) {
      assertThat(scheduler.jobs().get("retention_enforcement").status())
          .isEqualTo(JobStatus.MANUAL);
    }
  }

  @Test
  void aDisabledDestinationFailsItsJobVisibly() {
    DestinationRecord row = addJob("often", "seconds:1");
    engine.catalog().destinations().update(row.id(), DestinationChange.NONE.withEnabled(false));
    try (BackupScheduler scheduler = start()) {
      await().atMost(PATIENCE).until(() -> !backups().isEmpty());
      EngineScene.assertFails(
          ErrorKind.REFUSED, "is disabled", () -> scheduler.trigger("often", "manual:admin"));
    }
    assertThat(backups())
        .allSatisfy(
            execution -> {
              assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
              assertThat(execution.errorMessage()).contains("'nas' is disabled");
            });
  }

  @Test
  void jobsOfThePythonServerAreTakenOverAtTheFirstStart() throws IOException {
    DestinationRecord row = addDestination("nas");
    Files.writeString(
        Path.of(home()).resolve("data/backup_jobs_meta.json"),
        """
        {"jobs": {"sundays": {"created_by": "admin", "created_at": "2026-01-02T03:04:05+00:00",
          "schedule_type": "cron", "schedule_value": "0 4 * * 6", "destination_id": "%s",
          "failure_count": 0, "status": "scheduled"}}}
        """
            .formatted(row.id()));
    try (BackupScheduler scheduler = start()) {
      assertThat(scheduler.jobs().get("sundays").schedule().words())
          .isEqualTo("every Sunday at 04:00 UTC");
      assertThat(notes).anyMatch(note -> note.startsWith("Imported job 'sundays'"));
      scheduler.jobs().remove("sundays");
    }
    try (BackupScheduler scheduler = start()) {
      assertThat(scheduler.jobs().find("sundays")).isEmpty();
    }
  }

  @Test
  void abrokenConfigurationDoesNotKeepTheSchedulerFromRunning() throws IOException {
    addJob("often", "seconds:1");
    Files.writeString(
        Path.of(home()).resolve("config/tacacs.conf"), "[backup]\nretention_time = noon\n");
    try (BackupScheduler scheduler = start()) {
      assertThat(scheduler.isRunning()).isTrue();
      await().atMost(PATIENCE).until(() -> !backups().isEmpty());
    }
    assertThat(backups().get(0).errorMessage()).contains("retention_time");
  }

  private BackupScheduler start() {
    return start(engine);
  }

  private BackupScheduler start(BackupEngine of) {
    ScheduleListener listener =
        new ScheduleListener() {
          @Override
          public void note(String sentence) {
            notes.add(sentence);
          }
        };
    BackupScheduler scheduler = of.scheduler(of.jobRunner(), listener, SchedulerProcess.FAST);
    scheduler.start();
    return scheduler;
  }

  private DestinationRecord addJob(String id, String interval) {
    DestinationRecord row = addDestination("nas");
    Schedule schedule = Schedule.parse("interval", interval, ZoneOffset.UTC);
    engine.jobs().add(NewJob.backup(id, schedule, row.id(), "tester", java.time.Instant.now()));
    return row;
  }

  private DestinationRecord addDestination(String name) {
    return engine
        .destinations()
        .add(
            NewDestination.keepingDays(
                name, "local", Map.of("base_path", root + "/store"), 30, EngineScene.NOW, "test"));
  }

  private List<Execution> backups() {
    return engine.catalog().list(ExecutionFilter.newest().withKind(ExecutionKind.BACKUP));
  }

  private ExecutionStatus status(String executionId) {
    return engine.catalog().find(executionId).orElseThrow().status();
  }

  private BackupEngine open() {
    return open(Map.of());
  }

  private BackupEngine open(Map<String, String> environment) {
    return BackupEngine.open(
        EngineOptions.of(Home.at(Path.of(home()))).withEnvironment(Environment.of(environment)));
  }

  private String home() {
    return root.resolve("home").toString();
  }
}
