package org.tacvault.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.catalog.AuditLog;
import org.tacvault.engine.config.ServiceConfig;
import org.tacvault.engine.error.EngineException;

/**
 * Writes events into the catalog's audit log and keeps that within bounds. An event that cannot be
 * written goes to the service's log as an error, whole, and is counted: the change that it tells of
 * has happened, and failing its answer would say otherwise.
 */
@Component
public final class AuditTrail implements InitializingBean, DisposableBean {
  /** Rows that are kept at most. */
  static final int MOST_DENIED = 20_000;

  static final int MOST_OTHERS = 200_000;

  private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Duration BETWEEN_PRUNINGS = Duration.ofHours(1);

  private final BackupEngine engine;
  private final InstantSource clock;
  private final DeniedAttempts denied = new DeniedAttempts();
  private final AtomicLong failures = new AtomicLong();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "audit");
            thread.setDaemon(true);
            return thread;
          });
  private Instant prunedAt = Instant.MIN;

  AuditTrail(BackupEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public void afterPropertiesSet() {
    executor.scheduleWithFixedDelay(
        this::tidy, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How many events could not be written since the start. */
  public long failures() {
    return failures.get();
  }

  void add(AuditedRequest request) {
    if (request.event().outcome() == AuditEvent.Outcome.DENIED) {
      denied.offer(request).ifPresent(this::write);
    } else {
      write(request.event());
    }
  }

  /** Writes what was counted, and removes what is old or too much. */
  void tidy() {
    Instant now = clock.instant();
    denied.due(now).forEach(this::write);
    if (prunedAt.isBefore(now.minus(BETWEEN_PRUNINGS))) {
      prune(now);
      prunedAt = now;
    }
  }

  private void prune(Instant now) {
    try {
      log().prune(now.minus(kept()), MOST_DENIED, MOST_OTHERS);
    } catch (RuntimeException e) {
      LOG.error("Old events stay in the audit log for now: {}", e.getMessage());
    }
  }

  private Duration kept() {
    try {
      return ServiceConfig.from(engine.config()).auditKept();
    } catch (EngineException e) {
      return ServiceConfig.defaults().auditKept();
    }
  }

  private void write(AuditEvent event) {
    try {
      log().add(event);
    } catch (RuntimeException e) {
      failures.incrementAndGet();
      LOG.error("The audit log cannot be written ({}); lost there: {}", e.getMessage(), event);
    }
  }

  private AuditLog log() {
    return engine.catalog().audit();
  }

  @Override
  public void destroy() {
    executor.shutdownNow();
    denied.due(Instant.MAX).forEach(this::write);
  }
}
