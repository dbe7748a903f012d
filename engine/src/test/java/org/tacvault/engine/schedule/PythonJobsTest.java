package org.tacvault.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJobsTest {
  private static final String META =
      """
      {"jobs": {
        "backup_daily_default": {"created_by": "system", "created_at": "2026-01-02T03:04:05+00:00",
          "schedule_type": "cron", "schedule_value": "0 4 * * *", "destination_id": "d1",
          "failure_count": 2, "status": "scheduled", "last_run": "2026-11-28T04:00:00.5+00:00"},
        "sundays": {"created_by": "admin", "created_at": "2026-01-02T03:04:05+00:00",
          "schedule_type": "cron", "schedule_value": "0 4 * * 6", "destination_id": "d1",
          "failure_count": 0, "status": "paused"},
        "both": {"created_by": "admin", "created_at": "nonsense", "schedule_type": "cron",
          "schedule_value": "0 4 1 * mon", "destination_id": "d1", "failure_count": 0,
          "status": "scheduled"},
        "often": {"created_by": "admin", "created_at": "2026-01-02T03:04:05+00:00",
          "schedule_type": "interval", "schedule_value": "minutes:15", "destination_id": "d1",
          "failure_count": 0, "status": "scheduled"},
        "hand": {"created_by": "admin", "created_at": "2026-01-02T03:04:05+00:00",
          "schedule_type": "manual", "schedule_value": "", "destination_id": "d1",
          "failure_count": 0, "status": "manual"},
        "lost": {"schedule_type": "cron", "schedule_value": "0 4 * * *", "destination_id": "gone"},
        "zero": {"schedule_type": "interval", "schedule_value": "seconds:0", "destination_id": "d1"},
        "x/y": {"schedule_type": "interval", "schedule_value": "days:1", "destination_id": "d1"},
        "odd": {"schedule_type": 7, "destination_id": "d1"},
        "list": []
      }}
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 4 * * 0        | 0 4 * * 1",
        "0 4 * * 6        | 0 4 * * 7",
        "0 4 * * 0-4      | 0 4 * * 1-5",
        "0 4 * * 5-6      | 0 4 * * 6-7",
        "0 4 * * 0,2,6    | 0 4 * * 1,3,7",
        "0 4 * * */2      | 0 4 * * 1-7/2",
        "0 4 * * 1-5/2    | 0 4 * * 2-6/2",
        "0 4 * * 2/2      | 0 4 * * 3-7/2",
        "0 4 * * mon-fri  | 0 4 * * mon-fri",
        "0 4 * * SUN      | 0 4 * * SUN",
        "0 4 * * mon,5    | 0 4 * * mon,6",
        "0  4 * * *       | 0  4 * * *",
        "5 0 1 1 *        | 5 0 1 1 *",
        "what is this     | what is this",
      })
  void weekdaysBecomeThoseOfUnix(String there, String here) {
    assertThat(PythonCron.translate(there)).isEqualTo(here);
  }

  @Test
  void jobsAreTakenOverOnceAndEachIsTold() throws IOException {
    Path meta = Files.writeString(directory.resolve("backup_jobs_meta.json"), META);
    Jobs jobs = Jobs.open(directory.resolve("jobs.db"), InstantSource.fixed(SchedulerScene.NOON));
    List<String> notes = jobs.importOnce(meta, Set.of("d1")::contains);
    assertThat(notes)
        .containsExactly(
            "Imported job 'backup_daily_default': every day at 04:00 UTC",
            "Imported job 'sundays', paused: every Sunday at 04:00 UTC"
                + " ('0 4 * * 6' there, where 0 is Monday, is '0 4 * * 7' here)",
            "Imported job 'both': on day 1 of the month and every Monday at 04:00 UTC;"
                + " it ran there on days that are both, and runs here on days that are either",
            "Imported job 'often': every 15 minutes",
            "Imported job 'hand': only when somebody starts it",
            "Job 'lost' was not imported: there is no destination 'gone'",
            "Job 'zero' was not imported: read schedule 'seconds:0': Invalid interval format (use"
                + " 'unit:value') (the value is at least 1, and all of it at most ten years"
                + " (days:3650))",
            "Job 'x/y' was not imported: schedule job name 'x/y': not a valid name (1 to 100"
                + " characters, not blank at its ends, without control characters and / \\ ; %)",
            "Job 'odd' was not imported: read schedule type '7': schedule_type must be 'cron' or"
                + " 'interval' (or 'manual', for a job that only a person starts)",
            "Job 'list' was not imported: there is no destination ''");
    assertThat(jobs.list())
        .extracting(Job::id)
        .containsExactly("backup_daily_default", "both", "hand", "often", "sundays");
    Job daily = jobs.get("backup_daily_default");
    assertThat(daily.definition().createdBy()).isEqualTo("system");
    assertThat(daily.definition().createdAt()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(daily.history().failureCount()).isEqualTo(2);
    assertThat(daily.history().lastRun()).isEqualTo("2026-11-28T04:00:00.5Z");
    assertThat(daily.nextRun()).isEqualTo("2026-11-30T04:00:00Z");
    assertThat(jobs.get("sundays").nextRun()).isNull();
    assertThat(jobs.resume("sundays").nextRun()).isEqualTo("2026-12-06T04:00:00Z");
    assertThat(meta).hasContent(META);

    jobs.remove("often");
    assertThat(jobs.importOnce(meta, Set.of("d1")::contains)).isEmpty();
    assertThat(jobs.find("often")).isEmpty();
  }

  @Test
  void aFileThatIsNotJsonIsToldAndStopsNothing() throws IOException {
    Path meta = Files.writeString(directory.resolve("backup_jobs_meta.json"), "{\"jobs\": ");
    Jobs jobs = Jobs.open(directory.resolve("jobs.db"), InstantSource.fixed(SchedulerScene.NOON));
    assertThat(jobs.importOnce(meta, id -> true))
        .containsExactly("No jobs were imported: " + meta + " is not JSON");
  }
}
