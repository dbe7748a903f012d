package org.tacvault.server.api.destination;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.retention.Decision;
import org.tacvault.engine.retention.RetentionPlan;
import org.tacvault.engine.retention.RetentionPolicy;
import org.tacvault.engine.retention.RetentionRun;
import org.tacvault.engine.retention.RetentionService;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.run.RunExecutor;
import org.tacvault.server.run.StartedRun;
import org.tacvault.server.security.Caller;

/** How long archives stay at a destination. */
@RestController
@Tag(name = "Retention")
@RequestMapping(ApiPaths.BACKUP + "/destinations/{id}")
class RetentionController {
  private static final String STRATEGY = "strategy";

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final RunExecutor runs;

  RetentionController(BackupEngine engine, DestinationLookup lookup, RunExecutor runs) {
    this.engine = engine;
    this.lookup = lookup;
    this.runs = runs;
  }

  /** The stored rule: the strategy and the numbers that were sent. */
  record Stored(boolean success, Map<String, Object> retentionPolicy) {}

  /** The execution that applies a rule. */
  record Applying(boolean success, String message, String executionId) {}

  /**
   * A rule, and what it would do now.
   *
   * @param keeps the rule in words
   * @param archives newest first
   */
  record Plan(
      String strategy,
      Map<String, Object> config,
      String keeps,
      int deletes,
      List<Line> archives) {}

  /** What would happen to one archive, and why. */
  record Line(String path, Instant takenAt, long sizeBytes, boolean keep, String reason) {
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
  @GetMapping("/retention")
  @Operation(
      operationId = "getRetention",
      summary = "Say what the rule is and what it would delete now")
  Plan plan(@PathVariable String id) {
    DestinationRecord row = lookup.get(id);
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

  /** Replaces the rule whole. */
  @PutMapping("/retention")
  @Operation(operationId = "setRetention", summary = "Replace the retention rule")
  Stored set(@PathVariable String id, @RequestBody @Valid DestinationRequests.Rule rule) {
    DestinationRecord row = lookup.get(id);
    Map<String, Object> numbers = numbers(rule);
    RetentionPolicy policy = RetentionPolicy.parse(rule.strategy(), numbers);
    DestinationChange change = DestinationChange.NONE.withRetention(policy.strategy(), numbers);
    Integer days = rule.keepDays();
    engine
        .catalog()
        .destinations()
        .update(row.id(), days == null ? change : change.withRetentionDays(days));
    Map<String, Object> stored = new LinkedHashMap<>(Map.of(STRATEGY, policy.strategy()));
    stored.putAll(numbers);
    return new Stored(true, stored);
  }

  /** Deletes, in the background, what the rule gives up. */
  @PostMapping("/apply-retention")
  @Operation(operationId = "applyRetention", summary = "Apply the retention rule in the background")
  Applying apply(@PathVariable String id, Principal principal) {
    DestinationRecord row = lookup.get(id);
    String by = Caller.of(principal).triggeredBy();
    StartedRun<RetentionRun> run =
        runs.start(
            progress -> {
              try (Destination destination = engine.destinations().open(row)) {
                return engine.retention().apply(row, destination, by, progress::started);
              }
            });
    return new Applying(
        true, "Retention policy enforcement started in background", run.executionId());
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
