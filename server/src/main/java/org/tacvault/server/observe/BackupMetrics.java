package org.tacvault.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.server.audit.AuditTrail;

/**
 * The state of the backups as metrics. Read from the catalog when it is asked for, at most once in
 * {@value #FRESH_SECONDS} seconds; no destination is asked. When the catalog cannot be read, only
 * {@code tacacs_backup_catalog_up} says so, with 0.
 */
@Component
final class BackupMetrics implements MultiCollector {
  static final int FRESH_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(BackupMetrics.class);

  private final BackupEngine engine;
  private final AuditTrail audit;
  private final BackupScheduler scheduler;
  private final InstantSource clock;
  private @Nullable MetricSnapshots last;
  private Instant readAt = Instant.MIN;

  BackupMetrics(
      BackupEngine engine, AuditTrail audit, BackupScheduler scheduler, InstantSource clock) {
    this.engine = engine;
    this.audit = audit;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @Override
  public synchronized MetricSnapshots collect() {
    Instant now = clock.instant();
    MetricSnapshots known = last;
    if (known == null || now.isBefore(readAt) || age(now).toSeconds() >= FRESH_SECONDS) {
      known = read(now);
      last = known;
      readAt = now;
    }
    return known;
  }

  private Duration age(Instant now) {
    return Duration.between(readAt, now);
  }

  private MetricSnapshots read(Instant now) {
    Metric up = Metric.gauge("catalog_up", "Whether the catalog of the backups can be read.");
    Stream<Metric> read;
    try {
      read = readCatalog(now);
      up.add(true);
    } catch (RuntimeException e) {
      LOG.warn("The catalog cannot be read for metrics: {}", e.getMessage());
      read = Stream.of();
      up.add(false);
    }
    return new MetricSnapshots(
        Stream.concat(Stream.of(up, ServiceMetrics.build(), ServiceMetrics.audit(audit)), read)
            .map(Metric::snapshot)
            .toList());
  }

  private Stream<Metric> readCatalog(Instant now) {
    DestinationMetrics destinations = new DestinationMetrics(engine.catalog(), now);
    engine.catalog().destinations().list().forEach(destinations::add);
    JobMetrics jobs = new JobMetrics(scheduler, engine.catalog().destinations(), now);
    Stream<Metric> service =
        Stream.of(ServiceMetrics.runs(engine.catalog()), ServiceMetrics.running(engine.catalog()));
    return Stream.of(destinations.metrics(), jobs.metrics(), service).flatMap(metrics -> metrics);
  }
}
