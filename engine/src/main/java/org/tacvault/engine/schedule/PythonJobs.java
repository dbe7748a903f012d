package org.tacvault.engine.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.tacvault.engine.catalog.Timestamps;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.error.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jobs of the Python server, {@code data/backup_jobs_meta.json}, as jobs of ours.
 *
 * @param notes a sentence for each job, and for what could not be taken over
 */
record PythonJobs(List<Job> jobs, List<String> notes) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String PAUSED = "paused";

  /**
   * Reads the file, which stays as it is.
   *
   * @param destinationExists whether there is a destination of that id
   * @param now stands for times that cannot be read
   */
  static PythonJobs read(Path file, Predicate<String> destinationExists, Instant now) {
    try {
      return of(MAPPER.readTree(Files.readAllBytes(file)), destinationExists, now);
    } catch (JacksonException e) {
      return new PythonJobs(
          List.of(), List.of("No jobs were imported: %s is not JSON".formatted(file)));
    } catch (IOException e) {
      throw IoFailures.of("import jobs from", file, e);
    }
  }

  private static PythonJobs of(JsonNode tree, Predicate<String> destinationExists, Instant now) {
    List<Job> jobs = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var entry : tree.path("jobs").properties()) {
      String name = "'" + Printable.of(entry.getKey()) + "'";
      try {
        String destination = text(entry.getValue(), "destination_id", "");
        if (destinationExists.test(destination)) {
          Imported imported = job(entry.getKey(), entry.getValue(), now);
          jobs.add(imported.job());
          notes.add("Imported job " + name + imported.remark());
        } else {
          notes.add(
              "Job %s was not imported: there is no destination '%s'"
                  .formatted(name, Printable.of(destination)));
        }
      } catch (EngineException e) {
        notes.add(
            "Job %s was not imported: %s%s"
                .formatted(name, e.getMessage(), e.hint().map(h -> " (" + h + ")").orElse("")));
      }
    }
    return new PythonJobs(jobs, notes);
  }

  private record Imported(Job job, String remark) {}

  private static Imported job(String id, JsonNode meta, Instant now) {
    String type = text(meta, "schedule_type", "");
    String value = text(meta, "schedule_value", "");
    String translated = type.equals(CronSchedule.TYPE) ? PythonCron.translate(value) : value;
    Schedule schedule = Schedule.parse(type, translated, ZoneOffset.UTC);
    boolean paused = text(meta, "status", "").equals(PAUSED);
    NewJob definition =
        NewJob.backup(
            id,
            schedule,
            text(meta, "destination_id", ""),
            text(meta, "created_by", Job.SYSTEM),
            time(meta, "created_at", now));
    JobHistory history =
        new JobHistory(
            Math.max(0, meta.path("failure_count").asInt(0)),
            meta.path("last_run").isString() ? time(meta, "last_run", now) : null,
            null,
            null,
            null);
    Job job = new Job(definition, paused, false, history, null);
    return new Imported(job, remark(schedule, value, translated, paused));
  }

  private static String remark(Schedule schedule, String value, String translated, boolean paused) {
    String changed =
        value.equals(translated)
            ? ""
            : " ('%s' there, where 0 is Monday, is '%s' here)".formatted(value, translated);
    boolean either = schedule instanceof CronSchedule cron && cron.expression().restrictsBothDays();
    return (paused ? ", paused" : "")
        + ": "
        + schedule.words()
        + changed
        + (either
            ? "; it ran there on days that are both, and runs here on days that are either"
            : "");
  }

  private static String text(JsonNode meta, String key, String otherwise) {
    return meta.path(key).asString(otherwise);
  }

  private static Instant time(JsonNode meta, String key, Instant otherwise) {
    try {
      return Timestamps.parse(text(meta, key, ""));
    } catch (EngineException | DateTimeException e) {
      return otherwise;
    }
  }
}
