package org.tacvault.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.tacvault.cli.output.Sizes;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.retention.Decision;
import org.tacvault.engine.retention.RetentionPlan;
import org.tacvault.engine.retention.RetentionPolicy;
import org.tacvault.engine.retention.RetentionService;

/**
 * A retention rule and what it would do now.
 *
 * @param keeps the rule in words
 * @param archives one decision for each, newest first
 */
record RetentionView(
    String destination,
    String strategy,
    Map<String, Object> config,
    String keeps,
    long deletes,
    List<Line> archives) {
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** What happens to one archive, and why. */
  record Line(String path, Instant takenAt, long sizeBytes, boolean keep, String reason) {
    static Line of(Decision decision) {
      StoredArchive archive = decision.archive();
      return new Line(
          archive.path(),
          archive.takenAt(),
          archive.sizeBytes(),
          decision.keep(),
          decision.reason());
    }
  }

  static RetentionView of(CommandContext context, DestinationRecord row) {
    RetentionPolicy policy = RetentionService.policyOf(row);
    try (Destination destination = context.engine().destinations().open(row)) {
      RetentionPlan plan = context.engine().retention().plan(row, destination);
      return new RetentionView(
          row.name(),
          policy.strategy(),
          policy.toConfig(),
          policy.describe(),
          plan.deleted().size(),
          plan.decisions().stream().map(Line::of).toList());
    }
  }

  /** How many archives there are, how many would go, and how much room that makes. */
  String summary() {
    if (archives.isEmpty()) {
      return "no archives yet";
    }
    String total = archives.size() + " archive" + (archives.size() == 1 ? "" : "s");
    long bytes = archives.stream().filter(line -> !line.keep()).mapToLong(Line::sizeBytes).sum();
    return deletes == 0
        ? total + ", nothing to delete"
        : "%s, %d to delete (%s)".formatted(total, deletes, Sizes.human(bytes));
  }

  String table(CommandContext context) {
    Table table = context.console().table("DECISION", "TAKEN", "SIZE", "ARCHIVE", "REASON");
    table.right("SIZE");
    for (Line line : archives) {
      table.row(
          line.keep() ? "keep" : "delete",
          Times.absolute(line.takenAt(), UTC),
          Sizes.human(line.sizeBytes()),
          line.path(),
          line.reason());
    }
    return table.toString();
  }
}
