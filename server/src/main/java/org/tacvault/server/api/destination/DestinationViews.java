package org.tacvault.server.api.destination;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.retention.RetentionService;
import tools.jackson.databind.json.JsonMapper;

/** What requests on destinations are answered with; configurations with their secrets masked. */
public final class DestinationViews {
  private DestinationViews() {}

  /** A destination that has been added. */
  public record Added(String id, String name, String type, String connectionTest) {
    static Added of(DestinationRecord row) {
      return new Added(row.id(), row.name(), row.type(), "passed");
    }
  }

  /** All destinations, newest first. */
  public record All(List<Listed> destinations) {}

  /**
   * A destination in the list. Up to {@code config} these are the Python server's fields.
   *
   * @param keeps the retention rule in words
   */
  public record Listed(
      String id,
      String name,
      String type,
      boolean enabled,
      int retentionDays,
      Instant createdAt,
      String createdBy,
      @Nullable Instant lastBackupAt,
      @Nullable String lastBackupStatus,
      Map<String, Object> config,
      String retentionStrategy,
      Map<String, Object> retentionConfig,
      String keeps) {
    static Listed of(DestinationRecord row, Map<String, Object> masked) {
      return new Listed(
          row.id(),
          row.name(),
          row.type(),
          row.enabled(),
          row.retentionDays(),
          row.createdAt(),
          row.createdBy(),
          row.lastBackupAt(),
          row.lastBackupStatus(),
          masked,
          row.retentionStrategy(),
          row.retentionConfig(),
          ruleInWords(row));
    }
  }

  /**
   * A destination by itself. Up to {@code config} these are the Python server's fields.
   *
   * @param retentionConfigJson JSON as a text; null when no rule was ever set
   */
  public record Detail(
      String id,
      String name,
      String type,
      boolean enabled,
      int retentionDays,
      String retentionStrategy,
      @Nullable String retentionConfigJson,
      Instant createdAt,
      String createdBy,
      @Nullable Instant lastBackupAt,
      @Nullable String lastBackupStatus,
      Map<String, Object> config,
      String keeps) {
    static Detail of(DestinationRecord row, Map<String, Object> masked) {
      return new Detail(
          row.id(),
          row.name(),
          row.type(),
          row.enabled(),
          row.retentionDays(),
          row.retentionStrategy(),
          json(row.retentionConfig()),
          row.createdAt(),
          row.createdBy(),
          row.lastBackupAt(),
          row.lastBackupStatus(),
          masked,
          ruleInWords(row));
    }

    private static @Nullable String json(Map<String, Object> rule) {
      return rule.isEmpty() ? null : JsonMapper.shared().writeValueAsString(rule);
    }
  }

  /**
   * What a connection test found; that it failed is an answer like any other.
   *
   * @param message {@code OK}, {@code Connected successfully}, or what failed
   * @param hint what to do about a failure
   */
  public record Tested(
      boolean success,
      String message,
      Instant testedAt,
      @Nullable String hint,
      List<TestStep> steps) {
    static Tested of(String type, ConnectionReport report, Instant now) {
      String good = type.equals("local") ? "OK" : "Connected successfully";
      List<TestStep> steps = report.steps().stream().map(TestStep::of).toList();
      return report
          .failed()
          .map(
              step ->
                  new Tested(false, step.name() + ": " + step.failure(), now, step.hint(), steps))
          .orElseGet(() -> new Tested(true, good, now, null, steps));
    }

    /** A stored configuration with which not even a test can begin. */
    static Tested of(EngineException failure, Instant now) {
      return new Tested(false, failure.reason(), now, failure.hint().orElse(null), List.of());
    }
  }

  /**
   * A step of a connection test.
   *
   * @param message why it failed; null when it passed
   */
  public record TestStep(
      String name, boolean success, long millis, @Nullable String message, @Nullable String hint) {
    static TestStep of(ConnectionReport.Step step) {
      return new TestStep(
          step.name(), step.passed(), step.duration().toMillis(), step.failure(), step.hint());
    }
  }

  /** The Python server stores rules that cannot be; one of them must not hide all other rows. */
  public static String ruleInWords(DestinationRecord row) {
    try {
      return RetentionService.policyOf(row).describe();
    } catch (EngineException e) {
      return "unusable rule: " + e.reason();
    }
  }
}
