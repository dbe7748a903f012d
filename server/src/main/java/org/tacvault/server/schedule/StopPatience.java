package org.tacvault.server.schedule;

import java.time.Duration;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.config.ServiceConfig;

/** {@code [backup] shutdown_timeout}: how long a stopping service lets work go on. */
final class StopPatience {
  private StopPatience() {}

  static Duration of(BackupEngine engine) {
    return engine
        .readableServer()
        .map(server -> ServiceConfig.from(server.config()))
        .orElseGet(ServiceConfig::defaults)
        .shutdownTimeout();
  }
}
