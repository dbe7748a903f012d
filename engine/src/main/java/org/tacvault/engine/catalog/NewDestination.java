package org.tacvault.engine.catalog;

import java.time.Instant;
import java.util.Map;

/**
 * A destination to add; it gets an id and is enabled.
 *
 * @param config normalised; secrets in clear (a text that begins with {@code env:} or {@code file:}
 *     refers to one, a {@code Secret} is one literally)
 * @param retentionStrategy simple, gfs or hanoi
 * @param retentionConfig the keys of that strategy
 */
public record NewDestination(
    String name,
    String type,
    Map<String, Object> config,
    int retentionDays,
    String retentionStrategy,
    Map<String, Object> retentionConfig,
    Instant createdAt,
    String createdBy) {
  /** One that keeps archives for {@code retentionDays}. */
  public static NewDestination keepingDays(
      String name,
      String type,
      Map<String, Object> config,
      int retentionDays,
      Instant createdAt,
      String createdBy) {
    return new NewDestination(
        name,
        type,
        config,
        retentionDays,
        DestinationRecord.SIMPLE,
        Map.of(DestinationRecord.KEEP_DAYS, retentionDays),
        createdAt,
        createdBy);
  }
}
