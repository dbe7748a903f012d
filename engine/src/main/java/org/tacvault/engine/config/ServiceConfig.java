package org.tacvault.engine.config;

import java.time.Duration;

/**
 * What {@code [backup]} says about the service. It has to run to mend a broken configuration, so a
 * value that is not allowed counts as its default here; backups and {@code config validate} name
 * it.
 *
 * @param shutdownTimeout how long running work may go on when the service is told to stop
 * @param auditKept how long the audit log keeps events
 */
public record ServiceConfig(Duration shutdownTimeout, Duration auditKept) {
  public static ServiceConfig from(TacacsConfig config) {
    return new ServiceConfig(
        Duration.ofSeconds(BackupKeys.SHUTDOWN_TIMEOUT.valueIn(config)),
        Duration.ofDays(BackupKeys.AUDIT_KEEP_DAYS.valueIn(config)));
  }

  /** What counts when the configuration cannot be read. */
  public static ServiceConfig defaults() {
    return new ServiceConfig(
        Duration.ofSeconds(
            BackupKeys.SHUTDOWN_TIMEOUT
                .parse(BackupKeys.SHUTDOWN_TIMEOUT.defaultValue())
                .orElseThrow()),
        Duration.ofDays(
            BackupKeys.AUDIT_KEEP_DAYS
                .parse(BackupKeys.AUDIT_KEEP_DAYS.defaultValue())
                .orElseThrow()));
  }
}
