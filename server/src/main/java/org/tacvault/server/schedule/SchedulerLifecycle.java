package org.tacvault.server.schedule;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.server.ServerOptions;
import org.tacvault.server.run.RunExecutor;

/**
 * Starts the scheduler last, when everything else is there, and stops it first: nothing new begins
 * in a service that is going down, and what runs can be followed until it ends or is cancelled.
 */
@Component
class SchedulerLifecycle implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLifecycle.class);

  private final ServerOptions options;
  private final BackupEngine engine;
  private final BackupScheduler scheduler;
  private final StartupBackup startupBackup;
  private final RunExecutor runs;
  private volatile boolean running;

  SchedulerLifecycle(
      ServerOptions options,
      BackupEngine engine,
      BackupScheduler scheduler,
      StartupBackup startupBackup,
      RunExecutor runs) {
    this.options = options;
    this.engine = engine;
    this.scheduler = scheduler;
    this.startupBackup = startupBackup;
    this.runs = runs;
  }

  @Override
  public void start() {
    running = true;
    if (options.jobs()) {
      scheduler.start();
      tellJobs();
      startupBackup.start();
    }
  }

  @Override
  public void stop() {
    running = false;
    Duration patience = StopPatience.of(engine);
    long began = System.nanoTime();
    scheduler.stop(patience);
    Duration left = patience.minusNanos(System.nanoTime() - began);
    runs.stop(left.isNegative() ? Duration.ZERO : left);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void tellJobs() {
    try {
      List<Job> jobs = scheduler.isRunning() ? scheduler.jobs().list() : List.of();
      jobs.forEach(SchedulerLifecycle::tell);
    } catch (EngineException e) {
      LOG.warn("The jobs cannot be listed: {}", e.getMessage());
    }
  }

  private static void tell(Job job) {
    LOG.info(
        "Job '{}' ({}): {}{}",
        job.id(),
        job.status().id(),
        job.schedule().words(),
        job.nextRun() == null ? "" : "; next at " + job.nextRun().truncatedTo(ChronoUnit.SECONDS));
  }
}
