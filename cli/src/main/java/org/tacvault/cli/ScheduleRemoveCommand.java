package org.tacvault.cli;

import org.tacvault.engine.schedule.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets a job. */
@Command(name = "remove", description = "Remove a job; its backups stay.")
final class ScheduleRemoveCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the job.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    Job job = context.engine().jobs().remove(name);
    JobView view = JobView.of(job, context.engine());
    context.console().answer(view, () -> "Removed the job '" + job.id() + "'; its backups stay");
    return ExitCode.OK;
  }
}
