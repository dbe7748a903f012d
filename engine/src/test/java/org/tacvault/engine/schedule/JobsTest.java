package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class JobsTest {
  private static final InstantSource NOON = InstantSource.fixed(SchedulerScene.NOON);

  @TempDir Path directory;
  private Path file;
  private Jobs jobs;

  @BeforeEach
  void openJobs() {
    file = directory.resolve("data/backup_jobs.db");
    jobs = Jobs.open(file, NOON);
  }

  @Test
  void aJobIsKeptWithEverythingThatWasSaidAboutIt() {
    NewJob added =
        new NewJob(
            "Nightly backup",
            JobTask.BACKUP,
            Schedule.parse("cron", "30 2 * * mon", ZoneId.of("Europe/Berlin")),
            "dest-1",
            "before work",
            5,
            false,
            "admin",
            SchedulerScene.NOON);
    jobs.add(added);
    Job job = Jobs.open(file, NOON).get("Nightly backup");
    assertThat(job.definition()).isEqualTo(added);
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(job.history()).isEqualTo(JobHistory.NONE);
    assertThat(job.nextRun()).isEqualTo("2026-11-30T01:30:00Z");
  }

  @Test
  void jobsAreListedByTheirIdsWithTheirNextRuns() {
    add("b", "interval", "hours:1");
    add("a", "cron", "0 4 * * *");
    add("c", "manual", "");
    jobs.pause("b");
    assertThat(jobs.list()).extracting(Job::id).containsExactly("a", "b", "c");
    assertThat(jobs.list())
        .extracting(Job::status)
        .containsExactly(JobStatus.SCHEDULED, JobStatus.PAUSED, JobStatus.MANUAL);
    assertThat(jobs.list().subList(1, 3)).allSatisfy(job -> assertThat(job.nextRun()).isNull());
  }

  @Test
  void aJobReplacesTheOneOfItsId() {
    add("a", "cron", "0 4 * * *");
    jobs.pause("a");
    add("a", "interval", "hours:1");
    assertThat(jobs.get("a").status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(jobs.get("a").nextRun()).isEqualTo("2026-11-29T13:00:00Z");
    add("a", "manual", "");
    assertThat(jobs.get("a").nextRun()).isNull();
    assertThat(jobs.list()).hasSize(1);
  }

  @Test
  void whatIsNotThereIsSaid() {
    for (ThrowingCallable work :
        List.<ThrowingCallable>of(
            () -> jobs.get("x"),
            () -> jobs.pause("x"),
            () -> jobs.resume("x"),
            () -> jobs.remove("x"))) {
      assertThat(failure(work).kind()).isEqualTo(ErrorKind.NOT_FOUND);
    }
  }

  @Test
  void jobsOfADestinationGoWithIt() {
    add("a", "cron", "0 4 * * *");
    jobs.add(NewJob.backup("b", schedule("cron", "0 5 * * *"), "dest-2", "x", SchedulerScene.NOON));
    assertThat(jobs.removeOf("dest-1")).extracting(Job::id).containsExactly("a");
    assertThat(jobs.list()).extracting(Job::id).containsExactly("b");
  }

  @Test
  void jobsOfTheSystemCanBePausedOnly() {
    NewJob retention =
        new NewJob(
            "retention",
            JobTask.RETENTION,
            schedule("cron", "0 4 * * *"),
            null,
            null,
            null,
            null,
            Job.SYSTEM,
            SchedulerScene.NOON);
    jobs.setSystemJob(retention);
    assertThat(jobs.pause("retention").status()).isEqualTo(JobStatus.PAUSED);
    assertThat(failure(() -> jobs.remove("retention")).kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(failure(() -> add("retention", "cron", "0 5 * * *")).kind())
        .isEqualTo(ErrorKind.CONFLICT);
    jobs.setSystemJob(retention);
    assertThat(jobs.get("retention").status()).isEqualTo(JobStatus.PAUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " a", "a/b", "..", ".", "a\nb", "a\\b", "a;b", "a%2Fb", "\u202e"})
  void aNameThatCannotStandInAnAddressIsRefused(String id) {
    EngineException failure = failure(() -> add(id, "cron", "0 4 * * *"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
    assertThat(failure.hint()).isPresent();
    assertThat(failure(() -> add("x".repeat(101), "cron", "0 4 * * *")).kind())
        .isEqualTo(ErrorKind.INVALID_INPUT);
  }

  @Test
  void theFileIsForItsOwnerOnlyAndOneOfThePythonServerKeepsItsTable() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Path other = directory.resolve("python.db");
    sql(other, "CREATE TABLE apscheduler_jobs(id VARCHAR(191) PRIMARY KEY, job_state BLOB)");
    sql(other, "INSERT INTO apscheduler_jobs VALUES ('a', x'80')");
    Jobs beside = Jobs.open(other, NOON);
    beside.add(
        NewJob.backup("a", schedule("cron", "0 4 * * *"), "dest-1", "x", SchedulerScene.NOON));
    assertThat(beside.list()).hasSize(1);
    sql(other, "UPDATE apscheduler_jobs SET job_state = x'81' WHERE id = 'a'");
  }

  @Test
  void whatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
    Path other = Files.writeString(directory.resolve("other.db"), "no database".repeat(500));
    EngineException failure = failure(() -> Jobs.open(other, NOON));
    assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
    assertThat(failure.hint()).get().asString().contains("jobs must be added anew");
    assertThat(other).hasContent("no database".repeat(500));
  }

  @Test
  void severalMayAddAtOnce() {
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            number ->
                Jobs.open(file, NOON)
                    .add(
                        NewJob.backup(
                            "job-" + number % 10,
                            schedule("interval", "hours:1"),
                            "dest-1",
                            "x",
                            SchedulerScene.NOON)));
    assertThat(jobs.list()).hasSize(10).allSatisfy(job -> assertThat(job.nextRun()).isNotNull());
  }

  @Test
  void whatAKillLeftHalfDoneIsMended() throws Exception {
    add("planned", "cron", "0 4 * * *");
    add("forgotten", "cron", "0 4 * * *");
    sql(file, "DELETE FROM scheduled_tasks WHERE task_instance = 'planned'");
    sql(file, "DELETE FROM tacvault_jobs WHERE job_id = 'forgotten'");
    jobs.mend();
    assertThat(jobs.get("planned").nextRun()).isEqualTo("2026-11-30T04:00:00Z");
    assertThat(jobs.store().strays()).isEmpty();
  }

  private void add(String id, String type, String value) {
    jobs.add(NewJob.backup(id, schedule(type, value), "dest-1", "tester", SchedulerScene.NOON));
  }

  private static Schedule schedule(String type, String value) {
    return Schedule.parse(type, value, ZoneOffset.UTC);
  }

  private static EngineException failure(ThrowingCallable work) {
    return catchThrowableOfType(EngineException.class, work);
  }

  private static void sql(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isNotNegative();
    }
  }
}
