package org.tacvault.engine.config;

import java.time.Duration;

/**
 * What {@code [backup]} says about the service. It has to run to mend a broken configuration, so a
 * value that is not allowed counts as its default here; backups and {@code config validate} name
 * it.
 *
 * @param auditKept how long the audit log keeps events
 */
public record ServiceConfig(Duration auditKept) {
  public static ServiceConfig from(TacacsConfig config) {
    return new ServiceConfig(Duration.ofDays(BackupKeys.AUDIT_KEEP_DAYS.valueIn(config)));
  }

  /** What counts when the configuration cannot be read. */
  public static ServiceConfig defaults() {
    String days = BackupKeys.AUDIT_KEEP_DAYS.defaultValue();
    return new ServiceConfig(Duration.ofDays(BackupKeys.AUDIT_KEEP_DAYS.parse(days).orElseThrow()));
  }
}
