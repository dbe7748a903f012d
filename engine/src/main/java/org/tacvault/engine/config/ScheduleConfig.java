package org.tacvault.engine.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * How the service runs jobs.
 *
 * @param catchUp whether a job whose time passed while the service was down runs once at its start;
 *     a job may say otherwise
 * @param retries how often a failed run is tried again before its next time; a job may say
 *     otherwise
 * @param retentionTime when, in UTC, retention is applied every day; empty for never
 * @param shutdownTimeout how long a stopping service lets running backups go on
 */
public record ScheduleConfig(
    boolean catchUp, int retries, Optional<LocalTime> retentionTime, Duration shutdownTimeout) {

  static ScheduleConfig from(TacacsConfig config) {
    return new ScheduleConfig(
        BackupKeys.SCHEDULE_CATCH_UP.valueIn(config),
        BackupKeys.SCHEDULE_RETRIES.valueIn(config),
        BackupKeys.RETENTION_TIME.valueIn(config),
        Duration.ofSeconds(BackupKeys.SHUTDOWN_TIMEOUT.valueIn(config)));
  }
}
