package org.tacvault.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.server.api.schedule.ScheduledJobs;
import org.tacvault.server.error.ApiException;

/** Collects what the first page shows; all of it from the catalog, no destination is asked. */
@Component
final class Dashboard {
  private static final int MOST_IN_STRIP = 2_000;
  private static final int IN_TREND = 90;

  private final BackupEngine engine;
  private final ScheduledJobs jobs;
  private final InstantSource clock;

  Dashboard(BackupEngine engine, ScheduledJobs jobs, InstantSource clock) {
    this.engine = engine;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** One step from nothing to a backup that is known to restore. */
  record Step(String what, boolean done, String link, String action) {}

  /** A completed backup as the charts show it. */
  record Point(Instant at, long sizeBytes, long millis) {
    static Point of(Execution backup) {
      Long size = backup.result().compressedSizeBytes();
      Instant end = backup.completedAt() == null ? backup.startedAt() : backup.completedAt();
      return new Point(
          backup.startedAt(),
          size == null ? 0 : size,
          Duration.between(backup.startedAt(), end).toMillis());
    }
  }

  Health health() {
    List<Execution> ended =
        engine.destinations().enabled().stream()
            .flatMap(row -> lastEnded(ExecutionKind.BACKUP, row.id()).stream())
            .toList();
    return Health.of(
        new Health.Facts(
            list(null, ExecutionStatus.RUNNING, null, 10),
            ended,
            lastGood().orElse(null),
            lastEnded(ExecutionKind.VERIFY, null).orElse(null),
            jobs(),
            jobs.isRunning()),
        clock.instant());
  }

  Optional<Execution> lastGood() {
    return list(ExecutionKind.BACKUP, ExecutionStatus.COMPLETED, null, 1).stream().findFirst();
  }

  Optional<Job> next() {
    return jobs().stream()
        .filter(job -> job.task() == JobTask.BACKUP && job.nextRun() != null)
        .min(Comparator.comparing(job -> Objects.requireNonNull(job.nextRun())));
  }

  List<Execution> recent() {
    return list(null, null, null, 6);
  }

  List<History> histories() {
    Instant now = clock.instant();
    return engine.destinations().enabled().stream()
        .map(row -> History.of(row.name(), since(row), now))
        .toList();
  }

  /** Completed backups, oldest first. */
  List<Point> points() {
    List<Point> newestFirst =
        list(ExecutionKind.BACKUP, ExecutionStatus.COMPLETED, null, IN_TREND).stream()
            .map(Point::of)
            .toList();
    return newestFirst.stream().sorted(Comparator.comparing(Point::at)).toList();
  }

  List<Step> steps() {
    boolean hasDestination = !engine.destinations().enabled().isEmpty();
    boolean isEncrypted =
        engine
            .readableServer()
            .flatMap(ServerContext::validSettings)
            .filter(BackupConfig::encryptionEnabled)
            .isPresent();
    boolean hasJob = jobs().stream().anyMatch(job -> job.task() == JobTask.BACKUP);
    boolean isVerified = !list(ExecutionKind.VERIFY, ExecutionStatus.COMPLETED, null, 1).isEmpty();
    return List.of(
        new Step(
            "Add a destination for backups",
            hasDestination,
            "/admin/backup/destinations/new",
            "Add a destination"),
        new Step(
            "Encrypt backups, and keep the recovery sheet in the safe",
            isEncrypted,
            "/admin/backup/settings#encryption",
            "How to"),
        new Step("Back up by a schedule", hasJob, "/admin/backup/schedules/new", "Add a schedule"),
        new Step(
            "Make the first backup", lastGood().isPresent(), "/admin/backup/backups", "Back up"),
        new Step(
            "Verify that it restores", isVerified, "/admin/backup/backups", "Choose a backup"));
  }

  private List<Execution> since(DestinationRecord row) {
    Instant first = clock.instant().minus(Duration.ofDays(History.DAYS + 1));
    return list(ExecutionKind.BACKUP, null, row.id(), MOST_IN_STRIP).stream()
        .filter(backup -> backup.startedAt().isAfter(first))
        .toList();
  }

  private Optional<Execution> lastEnded(ExecutionKind kind, @Nullable String destination) {
    return Stream.of(ExecutionStatus.COMPLETED, ExecutionStatus.FAILED)
        .flatMap(status -> list(kind, status, destination, 1).stream())
        .max(Comparator.comparing(Execution::startedAt));
  }

  private List<Job> jobs() {
    try {
      return jobs.list();
    } catch (ApiException e) {
      // The state says that jobs are not run.
      return List.of();
    }
  }

  private List<Execution> list(
      @Nullable ExecutionKind kind,
      @Nullable ExecutionStatus status,
      @Nullable String destination,
      int most) {
    return engine.catalog().list(new ExecutionFilter(kind, status, destination, most, 0));
  }
}
