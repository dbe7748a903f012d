package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.BackupStatistics;
import org.tacvault.server.api.ApiPaths;

/** All backups in numbers. */
@RestController
@Tag(name = "Backups")
class StatsController {
  private static final double HUNDREDTHS = 100.0;

  private final BackupEngine engine;

  StatsController(BackupEngine engine) {
    this.engine = engine;
  }

  /**
   * The numbers.
   *
   * @param totalBackups executions, however they ended
   * @param successRate in percent, two places; 100 when there is no backup yet
   */
  record Stats(
      long totalBackups,
      long totalSizeBytes,
      double successRate,
      @Nullable Instant oldestBackupAt,
      @Nullable Instant newestBackupAt) {}

  @GetMapping(ApiPaths.BACKUP + "/stats")
  @Operation(operationId = "getStatistics", summary = "All backups in numbers")
  Stats stats() {
    BackupStatistics all = engine.catalog().statistics();
    return new Stats(
        all.total(),
        all.storedBytes(),
        Math.round(all.successRate() * HUNDREDTHS) / HUNDREDTHS,
        all.oldest(),
        all.newest());
  }
}
