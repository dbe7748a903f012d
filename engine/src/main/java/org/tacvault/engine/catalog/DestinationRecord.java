package org.tacvault.engine.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * A configured destination.
 *
 * @param id UUIDv4
 * @param name unique
 * @param config as stored: secrets encrypted, or references to where they are kept
 * @param retentionConfig the keys of the strategy; empty when none were ever set
 * @param lastBackupStatus {@code success} or {@code failed}
 */
public record DestinationRecord(
    String id,
    String name,
    String type,
    boolean enabled,
    Map<String, Object> config,
    int retentionDays,
    String retentionStrategy,
    Map<String, Object> retentionConfig,
    Instant createdAt,
    String createdBy,
    @Nullable Instant lastBackupAt,
    @Nullable String lastBackupStatus) {
  static final String SIMPLE = "simple";
  static final String KEEP_DAYS = "keep_days";
  private static final int MAX_NAME_LENGTH = 255;

  public DestinationRecord {
    requireName(name);
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    retentionConfig = Collections.unmodifiableMap(new LinkedHashMap<>(retentionConfig));
  }

  DestinationRecord withConfig(Map<String, Object> newConfig) {
    return new DestinationRecord(
        id,
        name,
        type,
        enabled,
        newConfig,
        retentionDays,
        retentionStrategy,
        retentionConfig,
        createdAt,
        createdBy,
        lastBackupAt,
        lastBackupStatus);
  }

  /** {@code INVALID_INPUT} when no destination can be called {@code name}. */
  static void requireName(String name) {
    if (name.isBlank()
        || name.length() > MAX_NAME_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "name destination", "'" + name + "'", "not a valid name")
          .withHint("1 to 255 characters, not all blank, without control characters");
    }
  }
}
