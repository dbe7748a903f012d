package org.tacvault.cli;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.retention.RetentionService;

/**
 * A destination as it may be shown: secrets in its configuration are masked, references to them are
 * not.
 *
 * @param keeps the retention rule in words
 */
record DestinationView(
    String id,
    String name,
    String type,
    boolean enabled,
    Map<String, Object> config,
    String retentionStrategy,
    Map<String, Object> retentionConfig,
    String keeps,
    Instant createdAt,
    String createdBy,
    @Nullable Instant lastBackupAt,
    @Nullable String lastBackupStatus) {
  static DestinationView of(Destinations destinations, DestinationRecord row) {
    return new DestinationView(
        row.id(),
        row.name(),
        row.type(),
        row.enabled(),
        destinations.masked(row),
        row.retentionStrategy(),
        row.retentionConfig(),
        keeps(row),
        row.createdAt(),
        row.createdBy(),
        row.lastBackupAt(),
        row.lastBackupStatus());
  }

  // The Python server stores rules that cannot be; one of them must not hide all other rows.
  private static String keeps(DestinationRecord row) {
    try {
      return RetentionService.policyOf(row).describe();
    } catch (EngineException e) {
      return "unusable rule: " + e.reason();
    }
  }
}
