package org.tacvault.server.observe;

import java.util.stream.Stream;

/** When backups will be, and whether they are late; labelled by job and destination. */
final class JobMetrics {
  private final Metric next =
      Metric.gauge("next_run_timestamp_seconds", "When the job runs next, Unix time.");
  private final Metric overdue =
      Metric.gauge("overdue", "Whether a run of the job should have been by now: 1 or 0.");

  void add(ScheduledJobs.Job job) {
    String[] labels = {"job", job.name(), "destination", job.destination()};
    if (job.nextRun() != null) {
      next.add(job.nextRun().getEpochSecond(), labels);
    }
    overdue.add(job.overdue(), labels);
  }

  Stream<Metric> metrics() {
    return Stream.of(next, overdue);
  }
}
