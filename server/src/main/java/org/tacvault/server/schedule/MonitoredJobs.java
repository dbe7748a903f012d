package org.tacvault.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.schedule.JobStatus;
import org.tacvault.server.ServerOptions;
import org.tacvault.server.observe.ScheduledJobs;

/** What monitoring is told about jobs, also when the scheduler does not run them. */
@Component
class MonitoredJobs implements ScheduledJobs {
  /** How late a run may begin: several looks of the scheduler, and a wait for its turn. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private static final String ALL = "all";

  private final ServerOptions options;
  private final BackupEngine engine;
  private final InstantSource clock;

  MonitoredJobs(ServerOptions options, BackupEngine engine, InstantSource clock) {
    this.options = options;
    this.engine = engine;
    this.clock = clock;
  }

  /** Empty when the jobs cannot be read; {@code /ready} tells that. */
  @Override
  public List<Job> jobs() {
    try {
      return options.jobs() ? read() : List.of();
    } catch (EngineException e) {
      return List.of();
    }
  }

  private List<Job> read() {
    Map<String, String> names =
        engine.catalog().destinations().list().stream()
            .collect(Collectors.toMap(DestinationRecord::id, DestinationRecord::name));
    return engine.jobs().list().stream()
        .filter(job -> job.status() != JobStatus.MANUAL)
        .map(job -> monitored(job, names))
        .toList();
  }

  private Job monitored(org.tacvault.engine.schedule.Job job, Map<String, String> destinations) {
    String destination = job.destinationId();
    Instant next = job.nextRun();
    boolean overdue = next != null && next.plus(GRACE).isBefore(clock.instant());
    return new Job(
        job.id(),
        destination == null ? ALL : destinations.getOrDefault(destination, destination),
        next,
        overdue);
  }
}
