package org.tacvault.server.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import tools.jackson.databind.JsonNode;

class ScheduleControllerTest {
  private static final String SCHEDULE = LiveService.BACKUP + "/schedule";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static LiveService service;
  private static String destination;

  @BeforeAll
  static void start() {
    service = LiveService.start(directory.resolve("home"));
    Answer added =
        service.post(
            LiveService.BACKUP + "/destinations",
            "{\"name\": \"nas\", \"type\": \"local\", \"config\": {\"base_path\": \"%s\"}}"
                .formatted(directory.resolve("store")));
    destination = added.text("id");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aJobIsWantedByQueryFormOrJsonWithTheSameAnswer() {
    String query =
        "destination_id=%s&schedule_type=cron&schedule_value=%s&job_name="
            .formatted(destination, encoded("0 4 * * *"));
    Answer byQuery = service.send("POST", SCHEDULE + "?" + query + "a", BodyPublishers.noBody());
    Answer byForm =
        service.send(
            "POST",
            SCHEDULE,
            BodyPublishers.ofString(query + "b"),
            "Content-Type",
            "application/x-www-form-urlencoded");
    Answer byJson = service.post(SCHEDULE, job("c", "cron", "0 4 * * *"));
    Answer byAlias =
        service.send(
            "POST",
            LiveService.BACKUP + "/schedules?" + query + "d",
            BodyPublishers.noBody(),
            "Content-Type",
            "application/json");
    for (Answer answer : new Answer[] {byQuery, byForm, byJson, byAlias}) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.text("schedule_type")).isEqualTo("cron");
      assertThat(answer.text("schedule_value")).isEqualTo("0 4 * * *");
      assertThat(answer.text("destination_id")).isEqualTo(destination);
      assertThat(answer.text("words")).isEqualTo("every day at 04:00 UTC");
    }
    assertThat(byQuery.text("job_id")).isEqualTo("a");
    assertThat(service.get(LiveService.BACKUP + "/schedules").json().path("jobs").size())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void aJobWithoutANameIsCalledAfterItsDestinationAndType() {
    Answer added =
        service.post(
            SCHEDULE,
            "{\"destination_id\": \"%s\", \"schedule_type\": \"interval\", \"schedule_value\":"
                    .formatted(destination)
                + " \"hours:24\"}");
    assertThat(added.text("job_id")).isEqualTo("backup_" + destination + "_interval");
  }

  @Test
  void theListTellsEverythingAboutAJob() {
    service.post(
        SCHEDULE,
        """
        {"destination_id": "%s", "schedule_type": "cron", "schedule_value": "30 2 * * mon",
         "job_name": "listed", "time_zone": "Europe/Berlin", "comment": "before work",
         "retries": 5, "catch_up": false}
        """
            .formatted(destination));
    JsonNode job = listed("listed");
    assertThat(job.path("next_run").asString()).endsWith("+00:00");
    assertThat(job.path("created_by").asString()).isNotEmpty();
    assertThat(job.path("failure_count").asInt()).isZero();
    assertThat(job.path("status").asString()).isEqualTo("scheduled");
    assertThat(job.has("last_run")).isFalse();
    assertThat(job.path("time_zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(job.path("comment").asString()).isEqualTo("before work");
    assertThat(job.path("retries").asInt()).isEqualTo(5);
    assertThat(job.path("catch_up").asBoolean()).isFalse();
    assertThat(listed("retention_enforcement").path("created_by").asString()).isEqualTo("system");
    assertThat(service.get(SCHEDULE).json().path("scheduler_running").asBoolean()).isTrue();
  }

  @Test
  void aJobOfSecondsRunsAndIsPausedResumedAndDeleted() {
    String query =
        "?destination_id=%s&schedule_type=interval&schedule_value=seconds:1&job_name=often";
    service.send("POST", SCHEDULE + query.formatted(destination), BodyPublishers.noBody());
    await().atMost(PATIENCE).until(() -> listed("often").has("last_run"));
    Answer paused = service.post(SCHEDULE + "/often/pause", "");
    assertThat(paused.body()).isEqualTo("{\"success\":true,\"status\":\"paused\"}");
    assertThat(listed("often").path("status").asString()).isEqualTo("paused");
    assertThat(listed("often").path("next_run").isNull()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> listed("often").path("last_status").asString().equals("completed"));
    JsonNode execution =
        service
            .get(
                LiveService.BACKUP
                    + "/executions/"
                    + listed("often").path("last_execution_id").asString())
            .json();
    assertThat(execution.path("status").asString()).isEqualTo("completed");
    assertThat(execution.path("triggered_by").asString()).isEqualTo("scheduler:often");
    assertThat(execution.path("backup_type").asString()).isEqualTo("scheduled");
    assertThat(service.post(SCHEDULE + "/often/resume", "").body())
        .isEqualTo("{\"success\":true,\"status\":\"running\"}");
    assertThat(listed("often").path("status").asString()).isEqualTo("scheduled");
    assertThat(service.delete(SCHEDULE + "/often").body())
        .isEqualTo("{\"success\":true,\"status\":null}");
    assertThat(service.get(SCHEDULE).body()).doesNotContain("\"often\"");
  }

  @Test
  void aTriggeredJobAnswersWithItsExecution() {
    service.post(
        SCHEDULE,
        "{\"destination_id\": \"%s\", \"schedule_type\": \"manual\", \"job_name\": \"hand\"}"
            .formatted(destination));
    assertThat(listed("hand").path("status").asString()).isEqualTo("manual");
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Answer triggered = service.post(SCHEDULE + "/hand/trigger", "");
              if (triggered.status() == 423) {
                // Another test of this class backs up to the same destination.
                return false;
              }
              assertThat(triggered.status()).as(triggered.body()).isEqualTo(200);
              assertThat(triggered.text("status")).isEqualTo("triggered");
              assertThat(triggered.text("message")).isEqualTo("Job triggered manually");
              String execution =
                  LiveService.BACKUP + "/executions/" + triggered.text("execution_id");
              assertThat(service.get(execution).status()).isEqualTo(200);
              await()
                  .atMost(PATIENCE)
                  .until(() -> service.get(execution).text("status").equals("completed"));
              return true;
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron     | 61 4 * * *    | Invalid cron expression",
        "cron     | @daily        | Invalid cron expression",
        "interval | minutes       | Invalid interval format (use 'unit:value')",
        "interval | seconds:0     | Invalid interval format (use 'unit:value')",
        "interval | seconds:-5    | Invalid interval format (use 'unit:value')",
        "weekly   | monday        | schedule_type must be 'cron' or 'interval'",
      })
  void aScheduleThatCannotBeIsRefusedAsThePythonServerDoes(
      String type, String value, String detail) {
    Answer refused = service.post(SCHEDULE, job("bad", type, value));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo(detail);
    assertThat(refused.text("hint")).isNotEmpty();
    assertThat(service.get(SCHEDULE).body()).doesNotContain("\"bad\"");
  }

  @Test
  void whatIsMissingIsNamedAllAtOnce() {
    Answer byQuery = service.send("POST", SCHEDULE, BodyPublishers.noBody());
    assertThat(byQuery.status()).isEqualTo(422);
    assertThat(byQuery.json().path("detail").size()).isEqualTo(3);
    assertThat(byQuery.body()).contains("[\"query\",\"destination_id\"]", "Field required");
    Answer byJson = service.post(SCHEDULE, "{}");
    assertThat(byJson.status()).isEqualTo(422);
    assertThat(byJson.body()).contains("[\"body\",\"schedule_value\"]");
    assertThat(service.post(SCHEDULE, "{\"colour\": 1}").status()).isEqualTo(422);
    assertThat(service.post(SCHEDULE, job("x", "cron", "0 4 * * *") + "x").status()).isEqualTo(422);
  }

  @Test
  void anUnknownDestinationIsSaidBeforeAnythingElse() {
    Answer refused =
        service.post(
            SCHEDULE,
            "{\"destination_id\": \"none\", \"schedule_type\": \"x\", \"schedule_value\": \"y\"}");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.text("detail")).isEqualTo("Destination not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume", "trigger"})
  void anUnknownJobIs404(String verb) {
    assertThat(service.post(SCHEDULE + "/none/" + verb, "").status()).isEqualTo(404);
    assertThat(service.delete(SCHEDULE + "/none").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "\u0000", "a;b"})
  void aNameThatCannotStandInAnAddressIsRefused(String name) {
    Answer refused =
        service.send(
            "POST",
            SCHEDULE
                + "?destination_id=%s&schedule_type=interval&schedule_value=hours:1&job_name=%s"
                    .formatted(destination, encoded(name)),
            BodyPublishers.noBody());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("not a valid name");
  }

  @Test
  void jobsOfTheSystemAreNotDeleted() {
    assertThat(service.delete(SCHEDULE + "/retention_enforcement").status()).isEqualTo(409);
    assertThat(service.post(SCHEDULE, job("retention_enforcement", "cron", "0 1 * * *")).status())
        .isEqualTo(409);
  }

  @Test
  void aPreviewTellsWordsAndFiveRuns() {
    Answer preview =
        service.post(
            SCHEDULE + "/preview",
            "{\"schedule_type\": \"cron\", \"schedule_value\": \"0 4 * * 0\", \"time_zone\":"
                + " \"America/New_York\"}");
    assertThat(preview.status()).as(preview.body()).isEqualTo(200);
    assertThat(preview.text("words")).isEqualTo("every Sunday at 04:00 America/New_York");
    assertThat(preview.json().path("next_runs").size()).isEqualTo(5);
    Answer byQuery =
        service.send(
            "POST",
            SCHEDULE + "/preview?schedule_type=interval&schedule_value=minutes:15",
            BodyPublishers.noBody());
    assertThat(byQuery.text("words")).isEqualTo("every 15 minutes");
    assertThat(service.post(SCHEDULE + "/preview", "{}").status()).isEqualTo(422);
    Answer bad =
        service.post(
            SCHEDULE + "/preview",
            "{\"schedule_type\": \"cron\", \"schedule_value\": \"0 4 * * *\", \"time_zone\":"
                + " \"Mars\"}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.text("hint")).contains("Europe/Berlin");
  }

  @Test
  void jobsGoWithTheirDestination() {
    String id =
        service
            .post(
                LiveService.BACKUP + "/destinations",
                "{\"name\": \"gone\", \"type\": \"local\", \"config\": {\"base_path\": \"%s\"}}"
                    .formatted(directory.resolve("gone")))
            .text("id");
    service.post(SCHEDULE, job("goes", "cron", "0 4 * * *").replace(destination, id));
    assertThat(service.delete(LiveService.BACKUP + "/destinations/" + id).status()).isEqualTo(200);
    assertThat(service.get(SCHEDULE).body()).doesNotContain("\"goes\"");
  }

  private static JsonNode listed(String id) {
    for (JsonNode job : service.get(SCHEDULE).json().path("jobs")) {
      if (job.path("job_id").asString().equals(id)) {
        return job;
      }
    }
    throw new AssertionError("no job " + id);
  }

  private static String job(String name, String type, String value) {
    return """
        {"destination_id": "%s", "schedule_type": "%s", "schedule_value": "%s", "job_name": "%s"}
        """
        .formatted(destination, type, value, name)
        .strip();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
