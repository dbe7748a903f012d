package org.tacvault.cli;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobHistory;

/** A job as programs see it; the fields are those of the REST API, and the destination's name. */
record JobView(
    String jobId,
    @Nullable Instant nextRun,
    String createdBy,
    Instant createdAt,
    String scheduleType,
    String scheduleValue,
    @Nullable String destinationId,
    int failureCount,
    String status,
    @Nullable Instant lastRun,
    String task,
    String words,
    String timeZone,
    @Nullable String comment,
    @Nullable Integer retries,
    @Nullable Boolean catchUp,
    @Nullable String lastStatus,
    @Nullable String lastExecutionId,
    @Nullable String lastError,
    @Nullable String destination) {

  static JobView of(Job job, BackupEngine engine) {
    return of(job, names(engine));
  }

  /** The names of destinations by their ids. */
  static Map<String, String> names(BackupEngine engine) {
    return engine.catalog().destinations().list().stream()
        .collect(Collectors.toMap(DestinationRecord::id, DestinationRecord::name));
  }

  static JobView of(Job job, Map<String, String> destinations) {
    JobHistory history = job.history();
    String destination = job.destinationId();
    return new JobView(
        job.id(),
        job.nextRun(),
        job.definition().createdBy(),
        job.definition().createdAt(),
        job.schedule().type(),
        job.schedule().value(),
        destination,
        history.failureCount(),
        job.status().id(),
        history.lastRun(),
        job.task().id(),
        job.schedule().words(),
        job.schedule().zoneName(),
        job.definition().comment(),
        job.definition().retries(),
        job.definition().catchUp(),
        history.lastStatus() == null ? null : history.lastStatus().id(),
        history.lastExecutionId(),
        history.lastError(),
        destination == null ? null : destinations.get(destination));
  }

  /** Where it backs up to, for people. */
  String place() {
    if (destinationId == null) {
      return "all";
    }
    return destination == null ? "gone: " + destinationId : destination;
  }
}
