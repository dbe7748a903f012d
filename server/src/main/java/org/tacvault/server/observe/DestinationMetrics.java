package org.tacvault.server.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;

/** How the backups to each destination go; labelled by its name. */
final class DestinationMetrics {
  private static final String LABEL = "destination";
  private static final double NANOS = 1e9;

  private final Catalog catalog;
  private final Instant now;
  private final Metric success =
      Metric.gauge(
          "last_success_timestamp_seconds", "When the newest good backup was started, Unix time.");
  private final Metric age =
      Metric.gauge("last_success_age_seconds", "How long ago the newest good backup was started.");
  private final Metric status =
      Metric.gauge("last_run_status", "Whether the last backup that ended was good: 1 or 0.");
  private final Metric duration =
      Metric.gauge("duration_seconds", "How long the newest good backup took.");
  private final Metric size =
      Metric.gauge("size_bytes", "The size of the newest good archive as stored.");
  private final Metric verified =
      Metric.gauge(
          "verified_timestamp_seconds", "When an archive was last verified whole, Unix time.");
  private final Metric up =
      Metric.gauge(
          "destination_up",
          "Whether the last run that used the destination ended well: 1 or 0; it is not asked anew.");
  private final Metric enabled =
      Metric.gauge("destination_enabled", "Whether backups go to the destination: 1 or 0.");

  DestinationMetrics(Catalog catalog, Instant now) {
    this.catalog = catalog;
    this.now = now;
  }

  void add(DestinationRecord row) {
    String name = row.name();
    enabled.add(row.enabled(), LABEL, name);
    last(row, ExecutionKind.BACKUP, ExecutionStatus.COMPLETED).ifPresent(good -> good(good, name));
    lastEnded(row, ExecutionKind.BACKUP).ifPresent(ended -> status.add(isGood(ended), LABEL, name));
    lastEnded(row, null).ifPresent(ended -> up.add(isGood(ended), LABEL, name));
    last(row, ExecutionKind.VERIFY, ExecutionStatus.COMPLETED)
        .ifPresent(good -> verified.add(seconds(good.startedAt()), LABEL, name));
  }

  Stream<Metric> metrics() {
    return Stream.of(success, age, status, duration, size, verified, up, enabled);
  }

  private void good(Execution backup, String name) {
    success.add(seconds(backup.startedAt()), LABEL, name);
    age.add(seconds(Duration.between(backup.startedAt(), now)), LABEL, name);
    if (backup.completedAt() != null) {
      Duration took = Duration.between(backup.startedAt(), backup.completedAt());
      duration.add(seconds(took), LABEL, name);
    }
    Long packed = backup.result().compressedSizeBytes();
    if (packed != null) {
      size.add(packed, LABEL, name);
    }
  }

  /** The newest that is not running; what was cancelled says nothing of the destination. */
  private Optional<Execution> lastEnded(DestinationRecord row, @Nullable ExecutionKind kind) {
    return Stream.of(ExecutionStatus.COMPLETED, ExecutionStatus.FAILED)
        .flatMap(ended -> last(row, kind, ended).stream())
        .max(Comparator.comparing(Execution::startedAt));
  }

  private Optional<Execution> last(
      DestinationRecord row, @Nullable ExecutionKind kind, ExecutionStatus wanted) {
    return catalog
        .list(
            ExecutionFilter.newest()
                .withDestination(row.id())
                .withKind(kind)
                .withStatus(wanted)
                .withPage(1, 0))
        .stream()
        .findFirst();
  }

  private static boolean isGood(Execution ended) {
    return ended.status() == ExecutionStatus.COMPLETED;
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }
}
