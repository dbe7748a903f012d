package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a job in this process, whether a service is there or not, and waits for its end. */
@Command(
    name = "run",
    description = "Run a job now, here, and wait until it is done.",
    footer = {"", "  Exits with 11 when the job, or a backup to its destination, is running."})
final class ScheduleRunCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the job.")
  private String name;

  /** What {@code --json} prints for a job that makes no backup. */
  record Applied(String jobId, List<String> executionIds) {}

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.engine();
    Job job = engine.jobs().get(name);
    List<String> executions = new ArrayList<>();
    try (ProgressBar bar = context.console().progress(context.clock())) {
      engine
          .jobRuns(engine.jobRunner())
          .run(job, Trigger.person(context.triggeredBy()), listener(bar, executions));
    }
    return job.task() == JobTask.BACKUP
        ? answerBackup(context, engine, executions.get(0))
        : answerRetention(context, job, executions);
  }

  private static ExitCode answerBackup(CommandContext context, BackupEngine engine, String id) {
    Execution done = engine.catalog().find(id).orElseThrow();
    String destination = String.valueOf(done.request().destinationId());
    String label = JobView.names(engine).getOrDefault(destination, destination);
    BackupAnswer answer = BackupAnswer.of(done, label);
    context.console().answer(answer, answer::text);
    answer.warnings().forEach(context.console()::warn);
    return answer.warnings().isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
  }

  private static ExitCode answerRetention(
      CommandContext context, Job job, List<String> executions) {
    context
        .console()
        .answer(
            new Applied(job.id(), executions),
            () ->
                executions.isEmpty()
                    ? "No destination is enabled: there is nothing to do"
                    : "Applied retention: tacvault executions " + executions.get(0));
    return ExitCode.OK;
  }

  private static BackupListener listener(ProgressBar bar, List<String> executions) {
    BackupListener progress = Progress.ofBackup(bar);
    return new BackupListener() {
      @Override
      public void started(String executionId) {
        executions.add(executionId);
      }

      @Override
      public void stage(BackupStage stage) {
        progress.stage(stage);
      }

      @Override
      public void progress(BackupStage stage, long doneBytes, long totalBytes) {
        progress.progress(stage, doneBytes, totalBytes);
      }
    };
  }
}
