package org.tacvault.server.api.destination;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.retention.Decision;
import org.tacvault.engine.retention.RetentionPlan;
import org.tacvault.engine.retention.RetentionPolicy;
import org.tacvault.engine.retention.RetentionRun;
import org.tacvault.engine.retention.RetentionService;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.run.RunExecutor;
import org.tacvault.server.run.StartedRun;

/** The retention rule of each destination: shown, tried, stored, applied. */
@Component
public final class RetentionRules {
  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final RunExecutor runs;

  RetentionRules(BackupEngine engine, DestinationLookup lookup, RunExecutor runs) {
    this.engine = engine;
    this.lookup = lookup;
    this.runs = runs;
  }

  /**
   * A rule, and what it would do now.
   *
   * @param keeps the rule in words
   * @param archives newest first
   */
  public record Plan(
      String strategy,
      Map<String, Object> config,
      String keeps,
      int deletes,
      List<Line> archives) {}

  /** What would happen to one archive, and why. */
  public record Line(String path, Instant takenAt, long sizeBytes, boolean keep, String reason) {
    static Line of(Decision decision) {
      return new Line(
          decision.archive().path(),
          decision.archive().takenAt(),
          decision.archive().sizeBytes(),
          decision.keep(),
          decision.reason());
    }
  }

  /** Says what the rule is and what it would delete now; deletes nothing. */
  /** The stored rule, and what it would delete now. */
  public Plan plan(String id) {
    return plan(lookup.get(id));
  }

  /** What another rule would delete now; it is not stored. */
  public Plan plan(String id, DestinationRequests.Rule rule) {
    DestinationRecord row = lookup.get(id);
    Map<String, Object> numbers = numbers(rule);
    String strategy = RetentionPolicy.parse(rule.strategy(), numbers).strategy();
    return plan(with(row, strategy, numbers));
  }

  /** Replaces the rule; returns its numbers as they were sent. */
  public Map<String, Object> set(String id, DestinationRequests.Rule rule) {
    DestinationRecord row = lookup.get(id);
    Map<String, Object> numbers = numbers(rule);
    RetentionPolicy policy = RetentionPolicy.parse(rule.strategy(), numbers);
    DestinationChange change = DestinationChange.NONE.withRetention(policy.strategy(), numbers);
    Integer days = rule.keepDays();
    engine
        .catalog()
        .destinations()
        .update(row.id(), days == null ? change : change.withRetentionDays(days));
    return numbers;
  }

  /** Starts to apply the stored rule. */
  public StartedRun<RetentionRun> apply(String id, String by) {
    DestinationRecord row = lookup.get(id);
    return runs.start(
        progress -> {
          try (Destination destination = engine.destinations().open(row)) {
            return engine.retention().apply(row, destination, by, progress::started);
          }
        });
  }

  private static DestinationRecord with(
      DestinationRecord row, String strategy, Map<String, Object> numbers) {
    return new DestinationRecord(
        row.id(),
        row.name(),
        row.type(),
        row.enabled(),
        row.config(),
        row.retentionDays(),
        strategy,
        numbers,
        row.createdAt(),
        row.createdBy(),
        row.lastBackupAt(),
        row.lastBackupStatus());
  }

  private Plan plan(DestinationRecord row) {
    RetentionPolicy policy = RetentionService.policyOf(row);
    try (Destination destination = engine.destinations().open(row)) {
      RetentionPlan plan = engine.retention().plan(row, destination);
      return new Plan(
          policy.strategy(),
          policy.toConfig(),
          policy.describe(),
          plan.deleted().size(),
          plan.decisions().stream().map(Line::of).toList());
    }
  }

  private static Map<String, Object> numbers(DestinationRequests.Rule rule) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    putIfSent(numbers, "keep_daily", rule.keepDaily());
    putIfSent(numbers, "keep_weekly", rule.keepWeekly());
    putIfSent(numbers, "keep_monthly", rule.keepMonthly());
    putIfSent(numbers, "keep_yearly", rule.keepYearly());
    putIfSent(numbers, "keep_count", rule.keepCount());
    putIfSent(numbers, "keep_days", rule.keepDays());
    return numbers;
  }

  private static void putIfSent(Map<String, Object> numbers, String key, @Nullable Integer number) {
    if (number != null) {
      numbers.put(key, number);
    }
  }
}
