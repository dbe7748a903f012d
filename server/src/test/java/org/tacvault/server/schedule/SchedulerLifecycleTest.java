package org.tacvault.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.TestService;

class SchedulerLifecycleTest {
  private static final String SCHEDULE = LiveService.BACKUP + "/schedule";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void aServiceWhoseJobsRunIsReady() {
    try (LiveService service = LiveService.start(directory.resolve("home"))) {
      Answer ready = service.get("/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body()).isEqualTo("{\"ready\":true}");
    }
  }

  @Test
  void jobsThatCannotBeWrittenAreSaidAndEverythingElseWorks() throws IOException {
    Home home = home();
    Files.createDirectories(home.jobsDatabase());
    try (LiveService service = LiveService.restart(home, Map.of())) {
      Answer ready = service.get("/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().path("ready").asBoolean()).isFalse();
      assertThat(ready.text("reason")).contains("scheduler").doesNotContain(directory.toString());
      for (Answer answer :
          List.of(
              service.get(SCHEDULE),
              service.delete(SCHEDULE + "/x"),
              service.post(SCHEDULE + "/x/pause", ""),
              service.post(SCHEDULE + "/x/resume", ""),
              service.post(SCHEDULE + "/x/trigger", ""),
              service.post(
                  SCHEDULE,
                  "{\"destination_id\":\"x\",\"schedule_type\":\"cron\",\"schedule_value\":\"\"}"))) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("detail")).isEqualTo("Scheduler unavailable");
      }
      assertThat(service.get("/health").status()).isEqualTo(200);
      assertThat(service.get(LiveService.BACKUP + "/executions").status()).isEqualTo(200);
    }
  }

  @Test
  void theFirstStartOfAllMakesADestinationAndADailyJob() {
    Home home = home();
    try (LiveService service = LiveService.restart(home, Map.of())) {
      Answer destinations = service.get(LiveService.BACKUP + "/destinations");
      assertThat(destinations.body()).contains("\"local-default\"", "\"system\"");
      assertThat(service.get(SCHEDULE).body()).contains("\"backup_daily_default\"", "0 4 * * *");
    }
  }

  @Test
  void aBackupIsMadeAtStartWhenThatIsWanted() {
    Home home = home();
    Map<String, String> wanted = Map.of("TACACS_BACKUP_CREATE_ON_STARTUP", "true");
    useEnvironmentForCreateOnStartup(home);
    try (LiveService service = LiveService.restart(home, wanted)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  service
                      .get(LiveService.BACKUP + "/executions")
                      .json()
                      .path("executions")
                      .path(0)
                      .path("status")
                      .asString()
                      .equals("completed"));
      Answer executions = service.get(LiveService.BACKUP + "/executions");
      assertThat(executions.body()).contains("\"startup\"", "\"triggered_by\":\"system\"");
      assertThat(executions.json().path("executions").size()).isEqualTo(1);
    }
  }

  @Test
  void whatRunsWhenAServiceStopsIsEndedOrCancelledAndRecorded() {
    Home home = home();
    try (LiveService service =
        LiveService.restart(home, Map.of("TACACS_BACKUP_SHUTDOWN_TIMEOUT", "0"))) {
      String id =
          service.get(LiveService.BACKUP + "/destinations").json().findValue("id").asString();
      service.post(
          SCHEDULE,
          "{\"destination_id\":\"%s\",\"schedule_type\":\"interval\",\"schedule_value\":\"seconds:1\"}"
              .formatted(id));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  service.get(LiveService.BACKUP + "/executions").json().path("executions").size()
                      > 0);
    }
    try (BackupEngine engine = BackupEngine.open(home.root())) {
      assertThat(engine.startup().interrupted()).isEmpty();
      assertThat(engine.catalog().list(ExecutionFilter.newest()))
          .isNotEmpty()
          .extracting(Execution::status)
          .isSubsetOf(ExecutionStatus.COMPLETED, ExecutionStatus.CANCELLED);
    }
  }

  @Test
  void aServiceThatIsOnlyToShowThatItStartsRunsNoJobs() throws IOException {
    Path home = directory.resolve("trial");
    TestService.configure(home, "[server]\n");
    try (TestService service =
        TestService.start(home, Map.of("API_TOKEN", TestService.TOKEN), o -> o.withoutJobs())) {
      assertThat(service.get("/health").statusCode()).isEqualTo(200);
      assertThat(service.get("/ready").statusCode()).isEqualTo(503);
    }
    assertThat(home.resolve("data/backup_jobs.db")).doesNotExist();
  }

  private Home home() {
    return SampleHome.create(directory.resolve("home"), SampleSize.SMALL, 1, TestService.NOW);
  }

  /** The sample's file says no, and the file wins. */
  private static void useEnvironmentForCreateOnStartup(Home home) {
    try {
      String text = Files.readString(home.configFile());
      Files.writeString(home.configFile(), text.replaceAll("create_on_startup = .*\n", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
