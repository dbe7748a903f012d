package org.tacvault.engine.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a destination is to change, and nothing else can; null leaves it as it is. A new {@code
 * retentionDays} also becomes the {@code keep_days} of the simple strategy, unless {@code
 * retentionConfig} comes with it.
 */
public record DestinationChange(
    @Nullable String name,
    @Nullable String type,
    @Nullable Boolean enabled,
    @Nullable Map<String, Object> config,
    @Nullable Integer retentionDays,
    @Nullable String retentionStrategy,
    @Nullable Map<String, Object> retentionConfig) {
  /** Changes nothing. */
  public static final DestinationChange NONE =
      new DestinationChange(null, null, null, null, null, null, null);

  public DestinationChange withName(String newName) {
    return new DestinationChange(
        newName, type, enabled, config, retentionDays, retentionStrategy, retentionConfig);
  }

  public DestinationChange withEnabled(boolean newEnabled) {
    return new DestinationChange(
        name, type, newEnabled, config, retentionDays, retentionStrategy, retentionConfig);
  }

  /** Replaces type and configuration whole. */
  public DestinationChange withConfig(String newType, Map<String, Object> newConfig) {
    return new DestinationChange(
        name, newType, enabled, newConfig, retentionDays, retentionStrategy, retentionConfig);
  }

  public DestinationChange withRetentionDays(int newRetentionDays) {
    return new DestinationChange(
        name, type, enabled, config, newRetentionDays, retentionStrategy, retentionConfig);
  }

  /** Replaces the retention rule whole. */
  public DestinationChange withRetention(String newStrategy, Map<String, Object> newConfig) {
    return new DestinationChange(
        name, type, enabled, config, retentionDays, newStrategy, newConfig);
  }

  DestinationRecord applyTo(DestinationRecord old) {
    String strategy = or(retentionStrategy, old.retentionStrategy());
    return new DestinationRecord(
        old.id(),
        or(name, old.name()),
        or(type, old.type()),
        or(enabled, old.enabled()),
        or(config, old.config()),
        or(retentionDays, old.retentionDays()),
        strategy,
        or(retentionConfig, configFor(strategy, old.retentionConfig())),
        old.createdAt(),
        old.createdBy(),
        old.lastBackupAt(),
        old.lastBackupStatus());
  }

  private Map<String, Object> configFor(String strategy, Map<String, Object> old) {
    return retentionDays != null && strategy.equals(DestinationRecord.SIMPLE)
        ? Map.of(DestinationRecord.KEEP_DAYS, retentionDays)
        : old;
  }

  private static <T> T or(@Nullable T changed, T old) {
    return changed == null ? old : changed;
  }
}
