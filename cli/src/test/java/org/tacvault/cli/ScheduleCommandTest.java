package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScheduleCommandTest {
  @TempDir Path temp;
  private TestServer server;

  @BeforeEach
  void createServer() throws IOException {
    server = TestServer.create(temp);
    server.addDestination("nas");
  }

  @Test
  void anAddedJobIsToldInWordsListedAndShown() {
    CommandRun added =
        server.run("schedule", "add", "nightly", "--cron", "30 2 * * *", "--comment", "daily");
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out())
        .isEqualTo("'nightly' backs up to 'nas' every day at 02:30 UTC; next in 23 hours\n");
    assertThat(added.err()).contains("It runs while 'tacvault serve' does");
    CommandRun list = server.run("schedule", "list");
    assertThat(list.out())
        .contains("NAME", "NEXT RUN", "nightly", "scheduled", "every day at 02:30 UTC", "never");
    assertThat(list.err()).contains("warning: no service runs these jobs");
    assertThat(server.run("schedule", "show", "nightly").out())
        .contains("cron:          30 2 * * *", "comment:       daily")
        .contains("next run:      2026-11-24 02:30:00 UTC");
  }

  @Test
  void documentsHoldTheFieldsOfTheApi() {
    JsonNode added =
        server.json(
            "schedule",
            "add",
            "often",
            "--interval",
            "minutes:15",
            "--retries",
            "0",
            "--catch-up",
            "false");
    assertThat(added.get("job_id").asString()).isEqualTo("often");
    assertThat(added.get("schedule_type").asString()).isEqualTo("interval");
    assertThat(added.get("retries").asInt()).isZero();
    assertThat(added.get("catch_up").asBoolean()).isFalse();
    assertThat(added.get("destination").asString()).isEqualTo("nas");
    assertThat(added.get("next_run").asString()).isEqualTo("2026-11-23T03:15:00Z");
    JsonNode listed = server.json("schedule", "list");
    assertThat(listed.get("jobs").get(0)).isEqualTo(added);
    assertThat(listed.get("scheduler_running").asBoolean()).isFalse();
    assertThat(server.json("schedule", "show", "often")).isEqualTo(added);
  }

  @Test
  void aJobRunsHereWithoutAService() {
    server.run("schedule", "add", "hand", "--manual");
    JsonNode ran = server.json("schedule", "run", "hand");
    assertThat(Path.of(ran.get("path").asString())).isRegularFile();
    JsonNode shown = server.json("schedule", "show", "hand");
    assertThat(shown.get("last_status").asString()).isEqualTo("completed");
    assertThat(shown.get("last_execution_id")).isEqualTo(ran.get("execution_id"));
    CommandRun again = server.run("schedule", "run", "hand");
    assertThat(again.out()).startsWith("Backed up to nas in ");
  }

  @Test
  void aRunThatFailsSaysWhyAndIsRemembered() {
    server.run("schedule", "add", "hand", "--manual");
    server.disable("nas");
    CommandRun run = server.run("schedule", "run", "hand");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("its destination 'nas' is disabled", "hint: enable");
  }

  @Test
  void aJobIsPausedResumedAndRemoved() {
    server.run("schedule", "add", "nightly", "--cron", "30 2 * * *");
    assertThat(server.run("schedule", "pause", "nightly").out()).isEqualTo("'nightly' is paused\n");
    assertThat(server.json("schedule", "show", "nightly").get("status").asString())
        .isEqualTo("paused");
    assertThat(server.run("schedule", "resume", "nightly").out())
        .isEqualTo("'nightly' runs every day at 02:30 UTC; next in 23 hours\n");
    assertThat(server.run("schedule", "remove", "nightly").exitCode()).isZero();
    assertThat(server.run("schedule", "show", "nightly").exitCode()).isEqualTo(10);
    assertThat(server.run("schedule", "pause", "nightly").exitCode()).isEqualTo(10);
    assertThat(server.run("schedule", "run", "nightly").exitCode()).isEqualTo(10);
    assertThat(server.run("schedule", "list").out()).contains("No jobs; add one");
  }

  @Test
  void aTakenNameIsReplacedOnlyWhenThatIsWanted() {
    server.run("schedule", "add", "nightly", "--cron", "30 2 * * *");
    CommandRun refused = server.run("schedule", "add", "nightly", "--interval", "days:1");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("there is one of that name", "--replace");
    CommandRun done = server.run("schedule", "add", "nightly", "--interval", "days:1", "--replace");
    assertThat(done.exitCode()).isZero();
    assertThat(done.out()).contains("every day");
  }

  @Test
  void jobsOfARemovedDestinationGoWithAWarning() {
    server.run("schedule", "add", "nightly", "--cron", "30 2 * * *");
    CommandRun removed = server.run("destination", "remove", "nas", "--confirm");
    assertThat(removed.exitCode()).isZero();
    assertThat(removed.err()).contains("warning: the job 'nightly' went with it");
    assertThat(server.json("schedule", "list").get("jobs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cron     | 61 4 * * * | field 1 is '61'; it takes: minute, 0 to 59",
        "--interval | seconds:0  | the value is at least 1",
        "--cron     | @daily     | five fields",
      })
  void aScheduleThatCannotBeIsRefusedWhereItIsWrong(String option, String value, String hint) {
    CommandRun run = server.run("schedule", "add", "bad", option, value);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(hint);
    assertThat(server.json("schedule", "list").get("jobs")).isEmpty();
  }

  @Test
  void aJobNeedsOneScheduleAndAnUnambiguousDestination() {
    assertThat(server.run("schedule", "add", "x").exitCode()).isEqualTo(2);
    assertThat(server.run("schedule", "add", "x", "--manual", "--cron", "* * * * *").exitCode())
        .isEqualTo(2);
    server.addDestination("second");
    CommandRun run = server.run("schedule", "add", "x", "--manual");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("several destinations are enabled");
    assertThat(server.run("schedule", "add", "x", "--manual", "--destination", "nas").exitCode())
        .isZero();
    assertThat(server.run("schedule", "add", "x", "--manual", "--destination", "none").exitCode())
        .isEqualTo(10);
  }

  @Test
  void aPreviewTellsTheNextRunsOfBothClocks() {
    CommandRun preview =
        server
            .shell()
            .run(
                "schedule",
                "preview",
                "--cron",
                "0 4 * * 0",
                "--time-zone",
                "Europe/Berlin",
                "--count",
                "2");
    assertThat(preview.out())
        .isEqualTo(
            """
            Runs every Sunday at 04:00 Europe/Berlin
              2026-11-29 04:00:00 CET  (2026-11-29 03:00:00 UTC)
              2026-12-06 04:00:00 CET  (2026-12-06 03:00:00 UTC)
            """);
    assertThat(server.json("schedule", "preview", "--interval", "hours:6").get("next_runs"))
        .hasSize(5);
    assertThat(server.run("schedule", "preview", "--manual", "--count", "0").exitCode())
        .isEqualTo(2);
  }

  @Test
  void helpNamesAllCommands() {
    assertThat(CommandRun.of("schedule", "--help").out())
        .contains("list ", "show ", "add ", "remove ", "pause ", "resume ", "run ", "preview ")
        .contains("tacvault serve");
  }
}
