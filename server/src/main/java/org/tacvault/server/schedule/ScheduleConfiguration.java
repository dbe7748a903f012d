package org.tacvault.server.schedule;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobRunner;
import org.tacvault.engine.schedule.Trigger;
import org.tacvault.server.run.RunExecutor;

/** The scheduler of the service; its runs are followed and cancelled like all others. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {
  /** {@link SchedulerLifecycle} starts and stops it. */
  @Bean(destroyMethod = "")
  BackupScheduler backupScheduler(BackupEngine engine, RunExecutor runs) {
    return engine.scheduler(followed(engine.jobRunner(), runs), new ScheduleLog());
  }

  private static JobRunner followed(JobRunner work, RunExecutor runs) {
    return (job, trigger, listener) ->
        runs.run(progress -> run(work, job, trigger, new Both(progress, listener)));
  }

  private static Job run(JobRunner work, Job job, Trigger trigger, BackupListener listener) {
    work.run(job, trigger, listener);
    return job;
  }

  private record Both(BackupListener one, BackupListener other) implements BackupListener {
    @Override
    public void started(String executionId) {
      one.started(executionId);
      other.started(executionId);
    }

    @Override
    public void stage(BackupStage stage) {
      one.stage(stage);
      other.stage(stage);
    }

    @Override
    public void progress(BackupStage stage, long doneBytes, long totalBytes) {
      one.progress(stage, doneBytes, totalBytes);
      other.progress(stage, doneBytes, totalBytes);
    }
  }
}
