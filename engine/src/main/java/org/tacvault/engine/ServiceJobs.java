package org.tacvault.engine;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Metadata;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.catalog.Timestamps;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.ScheduleConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.retention.DefaultRetention;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobRules;
import org.tacvault.engine.schedule.JobRunner;
import org.tacvault.engine.schedule.JobRuns;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.Jobs;
import org.tacvault.engine.schedule.NewJob;
import org.tacvault.engine.schedule.Schedule;
import org.tacvault.engine.schedule.ScheduleListener;

/** What a service does about jobs before it runs them. */
final class ServiceJobs implements BackupScheduler.Setup {
  static final String DEFAULT_DESTINATION = "local-default";
  static final String DEFAULT_JOB = "backup_daily_default";
  static final String RETENTION_JOB = "retention_enforcement";

  private static final String DAILY = "0 4 * * *";

  private final BackupEngine engine;
  private final JobRunner runner;

  ServiceJobs(BackupEngine engine, JobRunner runner) {
    this.engine = engine;
    this.runner = runner;
  }

  @Override
  public JobRuns open(ScheduleListener listener) {
    Jobs jobs = engine.jobs();
    Catalog catalog = engine.catalog();
    jobs.importOnce(engine.home().pythonJobs(), id -> catalog.destinations().find(id).isPresent())
        .forEach(listener::note);
    try {
      BackupConfig settings = engine.getBackupConfig();
      addDefaults(jobs, settings, listener);
      setRetention(jobs, settings.schedule());
    } catch (EngineException e) {
      // Broken settings are mended while the service runs; jobs tell of them when they fail.
      listener.note("The usual jobs were not looked at: " + e.getMessage());
    }
    orphans(jobs, catalog).forEach(listener::note);
    return engine.jobRuns(runner);
  }

  @Override
  public JobRules rules() {
    return engine
        .readableServer()
        .flatMap(ServerContext::validSettings)
        .map(BackupConfig::schedule)
        .map(settings -> new JobRules(settings.catchUp(), settings.retries()))
        .orElse(JobRules.DEFAULT);
  }

  @Override
  public String owner() {
    return engine.ownerAlive();
  }

  /** The first start of a service that has nowhere to put backups makes it have some. */
  private void addDefaults(Jobs jobs, BackupConfig settings, ScheduleListener listener) {
    Metadata metadata = engine.catalog().metadata();
    if (!settings.enabled() || metadata.get(Metadata.SERVICE_STARTED).isPresent()) {
      return;
    }
    List<DestinationRecord> destinations = engine.catalog().destinations().list();
    if (destinations.stream().allMatch(ServiceJobs::isDefault)) {
      DestinationRecord row =
          destinations.isEmpty() ? addDestination(settings) : destinations.get(0);
      if (jobs.find(DEFAULT_JOB).isEmpty()) {
        jobs.add(
            NewJob.backup(
                DEFAULT_JOB, cron(DAILY), row.id(), Job.SYSTEM, engine.clock().instant()));
      }
      listener.note(
          "First start without destinations: added '%s' (%s) and the job '%s', %s"
              .formatted(
                  row.name(), row.config().get("base_path"), DEFAULT_JOB, cron(DAILY).words()));
    }
    metadata.putIfAbsent(Metadata.SERVICE_STARTED, Timestamps.format(engine.clock().instant()));
  }

  private static boolean isDefault(DestinationRecord row) {
    return row.name().equals(DEFAULT_DESTINATION) && row.createdBy().equals(Job.SYSTEM);
  }

  private DestinationRecord addDestination(BackupConfig settings) {
    NewDestination wished =
        DefaultRetention.destination(
            settings,
            DEFAULT_DESTINATION,
            "local",
            Map.of("base_path", engine.config().defaultBackups().toString()),
            engine.clock().instant(),
            Job.SYSTEM);
    return engine.destinations().add(wished);
  }

  /** A job like others, so that it can be seen, paused and run; its time is a setting. */
  private void setRetention(Jobs jobs, ScheduleConfig settings) {
    Optional<Job> present = jobs.find(RETENTION_JOB);
    Schedule wished =
        settings
            .retentionTime()
            .map(ServiceJobs::daily)
            .orElse(Schedule.parse("manual", "", ZoneOffset.UTC));
    if (present.isEmpty() || !present.get().schedule().equals(wished)) {
      jobs.setSystemJob(
          new NewJob(
              RETENTION_JOB,
              JobTask.RETENTION,
              wished,
              null,
              null,
              null,
              null,
              Job.SYSTEM,
              engine.clock().instant()));
    }
  }

  private static Schedule daily(LocalTime time) {
    return cron("%d %d * * *".formatted(time.getMinute(), time.getHour()));
  }

  private static Schedule cron(String expression) {
    return Schedule.parse("cron", expression, ZoneOffset.UTC);
  }

  private static List<String> orphans(Jobs jobs, Catalog catalog) {
    List<String> notes = new ArrayList<>();
    for (Job job : jobs.list()) {
      String destination = job.destinationId();
      if (destination != null && catalog.destinations().find(destination).isEmpty()) {
        notes.add(
            "Job '%s' will fail: its destination %s is gone; remove it: tacvault schedule remove"
                .formatted(job.id(), destination));
      }
    }
    return notes;
  }
}
