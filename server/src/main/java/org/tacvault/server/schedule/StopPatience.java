package org.tacvault.server.schedule;

import java.time.Duration;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.config.BackupConfig;

/** {@code [backup] shutdown_timeout}: how long a stopping service lets work go on. */
final class StopPatience {
  private static final Duration WHEN_UNREADABLE = Duration.ofSeconds(30);

  private StopPatience() {}

  static Duration of(BackupEngine engine) {
    return engine
        .readableServer()
        .flatMap(ServerContext::validSettings)
        .map(BackupConfig::schedule)
        .map(schedule -> schedule.shutdownTimeout())
        .orElse(WHEN_UNREADABLE);
  }
}
