package org.tacvault.engine.retention;

import java.time.Instant;
import java.util.Map;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.BackupConfig;

/** What {@code [backup]} says about destinations that are added without a rule of their own. */
public final class DefaultRetention {
  private DefaultRetention() {}

  /** The policy of {@code default_retention_strategy}, with its numbers. */
  public static RetentionPolicy of(BackupConfig settings) {
    return switch (settings.defaultRetentionStrategy()) {
      case SIMPLE -> RetentionPolicy.keepDays(settings.defaultRetentionDays());
      case GFS ->
          RetentionPolicy.parse(
              GfsPolicy.STRATEGY,
              Map.of(
                  KeepNumbers.DAILY, settings.gfsKeepDaily(),
                  KeepNumbers.WEEKLY, settings.gfsKeepWeekly(),
                  KeepNumbers.MONTHLY, settings.gfsKeepMonthly(),
                  KeepNumbers.YEARLY, settings.gfsKeepYearly()));
      case HANOI -> RetentionPolicy.parse(HanoiPolicy.STRATEGY, Map.of());
    };
  }

  /** A destination to add with that policy. */
  public static NewDestination destination(
      BackupConfig settings,
      String name,
      String type,
      Map<String, Object> config,
      Instant createdAt,
      String createdBy) {
    RetentionPolicy policy = of(settings);
    return new NewDestination(
        name,
        type,
        config,
        settings.defaultRetentionDays(),
        policy.strategy(),
        policy.toConfig(),
        createdAt,
        createdBy);
  }
}
