package org.tacvault.server.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobStatus;
import org.tacvault.server.schedule.LateJobs;

/** When jobs will run, and whether they are late; labelled by job and destination. */
final class JobMetrics {
  private final BackupScheduler scheduler;
  private final Destinations destinations;
  private final Instant now;
  private final Metric up =
      Metric.gauge("scheduler_up", "Whether jobs are run at their times: 1 or 0.");
  private final Metric next =
      Metric.gauge("next_run_timestamp_seconds", "When the job runs next, Unix time.");
  private final Metric overdue =
      Metric.gauge("overdue", "Whether the job should have run five minutes ago: 1 or 0.");

  JobMetrics(BackupScheduler scheduler, Destinations destinations, Instant now) {
    this.scheduler = scheduler;
    this.destinations = destinations;
    this.now = now;
  }

  Stream<Metric> metrics() {
    up.add(scheduler.isRunning());
    list().stream().filter(job -> job.status() == JobStatus.SCHEDULED).forEach(this::add);
    return Stream.of(up, next, overdue);
  }

  private List<Job> list() {
    try {
      return scheduler.jobs().list();
    } catch (EngineException e) {
      // scheduler_up tells.
      return List.of();
    }
  }

  private void add(Job job) {
    String[] labels = {"job", job.id(), "destination", destination(job)};
    Instant due = job.nextRun();
    if (due != null) {
      next.add(due.getEpochSecond(), labels);
    }
    overdue.add(LateJobs.isLate(job, now), labels);
  }

  private String destination(Job job) {
    return Optional.ofNullable(job.destinationId())
        .flatMap(destinations::find)
        .map(DestinationRecord::name)
        .orElse("");
  }
}
