package org.tacvault.engine.schedule;

import static org.tacvault.engine.catalog.Statements.first;
import static org.tacvault.engine.catalog.Statements.query;
import static org.tacvault.engine.catalog.Statements.update;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.StateDatabase;
import org.tacvault.engine.catalog.Timestamps;

/**
 * The jobs and how their runs went, as rows; everything in SQL about them is here. A table of the
 * Python server in the same file is left alone.
 */
final class JobStore {
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS tacvault_jobs (
            job_id TEXT PRIMARY KEY, task TEXT NOT NULL, destination_id TEXT,
            schedule_type TEXT NOT NULL, schedule_value TEXT NOT NULL, time_zone TEXT NOT NULL,
            paused INTEGER NOT NULL DEFAULT 0, comment TEXT, retries INTEGER, catch_up INTEGER,
            created_by TEXT NOT NULL, created_at TEXT NOT NULL,
            failure_count INTEGER NOT NULL DEFAULT 0, last_run TEXT, last_status TEXT,
            last_execution_id TEXT, last_error TEXT)
          """,
          """
          CREATE TABLE IF NOT EXISTS tacvault_schedule_facts (
            key TEXT PRIMARY KEY, value TEXT NOT NULL)
          """,
          Agenda.TABLE,
          Agenda.INDEX);
  private static final String ALL =
      "SELECT job.*, agenda.execution_time AS next_run, agenda.picked AS running FROM tacvault_jobs job"
          + " LEFT JOIN scheduled_tasks agenda"
          + " ON agenda.task_name = '"
          + Agenda.TASK
          + "' AND agenda.task_instance = job.job_id";
  private static final String PUT =
      "INSERT OR REPLACE INTO tacvault_jobs(job_id, task, destination_id, schedule_type,"
          + " schedule_value, time_zone, paused, comment, retries, catch_up, created_by,"
          + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String RECORD =
      "UPDATE tacvault_jobs SET failure_count = ?, last_run = ?, last_status = ?,"
          + " last_execution_id = ?, last_error = ? WHERE job_id = ?";

  private static final String SEEN = "seen";

  private final StateDatabase database;

  JobStore(StateDatabase database) {
    this.database = database;
  }

  /** Makes the file and the tables that it lacks. */
  void prepare() {
    database.createIfMissing();
    database.write(
        connection -> {
          for (String table : TABLES) {
            update(connection, table);
          }
          return null;
        });
  }

  /** Sorted by id. */
  List<Job> list() {
    return database.read(
        connection -> query(connection, ALL + " ORDER BY job.job_id", JobRow::read));
  }

  Optional<Job> find(String id) {
    return database.read(
        connection -> first(connection, ALL + " WHERE job.job_id = ?", JobRow::read, id));
  }

  /** Ids that have a next run without being a job that runs by itself. */
  List<String> strays() {
    return database.read(
        connection ->
            query(
                connection,
                "SELECT task_instance FROM scheduled_tasks WHERE task_name = ? AND picked = 0"
                    + " AND NOT EXISTS (SELECT 1 FROM tacvault_jobs WHERE job_id = task_instance"
                    + " AND paused = 0 AND schedule_type <> 'manual')",
                row -> row.getString(1),
                Agenda.TASK));
  }

  /** Stores a job that has never run, in the place of one of that id. */
  void put(NewJob job, boolean paused) {
    database.write(connection -> put(connection, job, paused));
  }

  /**
   * Stores all jobs, or none, unless the fact {@code key} is known already; returns whether it did.
   */
  boolean putOnce(String key, Instant now, List<Job> jobs) {
    return database.write(
        connection -> {
          String fact = "INSERT OR IGNORE INTO tacvault_schedule_facts(key, value) VALUES (?, ?)";
          if (update(connection, fact, key, Timestamps.format(now)) == 0) {
            return false;
          }
          for (Job job : jobs) {
            put(connection, job.definition(), job.paused());
            record(connection, job.id(), job.history());
          }
          return true;
        });
  }

  /** Whether {@link #putOnce} was called with that key. */
  boolean knows(String key) {
    return fact(key).isPresent();
  }

  /** When {@link #touch} was called last. */
  Optional<Instant> seen() {
    return fact(SEEN).map(Timestamps::parse);
  }

  private Optional<String> fact(String key) {
    return database.read(
        connection ->
            first(
                connection,
                "SELECT value FROM tacvault_schedule_facts WHERE key = ?",
                row -> row.getString(1),
                key));
  }

  /** Proves that the file can be written; {@code now} is what it writes. */
  void touch(Instant now) {
    database.write(
        connection ->
            update(
                connection,
                "INSERT OR REPLACE INTO tacvault_schedule_facts(key, value) VALUES (?, ?)",
                SEEN,
                Timestamps.format(now)));
  }

  void setPaused(String id, boolean paused) {
    database.write(
        connection ->
            update(
                connection,
                "UPDATE tacvault_jobs SET paused = ? WHERE job_id = ?",
                paused ? 1 : 0,
                id));
  }

  void delete(String id) {
    database.write(
        connection -> update(connection, "DELETE FROM tacvault_jobs WHERE job_id = ?", id));
  }

  /** Nothing happens when the job was deleted meanwhile. */
  void record(String id, JobHistory history) {
    database.write(connection -> record(connection, id, history));
  }

  private static int put(Connection connection, NewJob job, boolean paused) throws SQLException {
    return update(
        connection,
        PUT,
        job.id(),
        job.task().id(),
        job.destinationId(),
        job.schedule().type(),
        job.schedule().value(),
        job.schedule().timeZone().getId(),
        paused ? 1 : 0,
        job.comment(),
        job.retries(),
        job.catchUp() == null ? null : job.catchUp() ? 1 : 0,
        job.createdBy(),
        Timestamps.format(job.createdAt()));
  }

  private static int record(Connection connection, String id, JobHistory history)
      throws SQLException {
    return update(
        connection,
        RECORD,
        history.failureCount(),
        text(history.lastRun()),
        history.lastStatus() == null ? null : history.lastStatus().id(),
        history.lastExecutionId(),
        history.lastError(),
        id);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : Timestamps.format(time);
  }
}
