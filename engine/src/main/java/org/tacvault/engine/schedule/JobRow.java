package org.tacvault.engine.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Timestamps;

/** Makes a job of a row. */
final class JobRow {
  private JobRow() {}

  static Job read(ResultSet row) throws SQLException {
    return new Job(
        definition(row),
        row.getInt("paused") != 0,
        row.getInt("running") != 0,
        history(row),
        nextRun(row));
  }

  private static NewJob definition(ResultSet row) throws SQLException {
    int catchUp = row.getInt("catch_up");
    boolean catchUpIsSet = !row.wasNull();
    int retries = row.getInt("retries");
    boolean retriesAreSet = !row.wasNull();
    return new NewJob(
        row.getString("job_id"),
        JobTask.valueOf(row.getString("task").toUpperCase(Locale.ROOT)),
        Schedule.parse(
            row.getString("schedule_type"),
            row.getString("schedule_value"),
            Schedule.zone(row.getString("time_zone"))),
        row.getString("destination_id"),
        row.getString("comment"),
        retriesAreSet ? retries : null,
        catchUpIsSet ? catchUp != 0 : null,
        row.getString("created_by"),
        Timestamps.parse(row.getString("created_at")));
  }

  private static JobHistory history(ResultSet row) throws SQLException {
    String lastRun = row.getString("last_run");
    String status = row.getString("last_status");
    return new JobHistory(
        row.getInt("failure_count"),
        lastRun == null ? null : Timestamps.parse(lastRun),
        status == null ? null : JobHistory.Result.valueOf(status.toUpperCase(Locale.ROOT)),
        row.getString("last_execution_id"),
        row.getString("last_error"));
  }

  private static @Nullable Instant nextRun(ResultSet row) throws SQLException {
    long millis = row.getLong("next_run");
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
