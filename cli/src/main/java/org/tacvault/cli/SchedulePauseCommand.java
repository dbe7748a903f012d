package org.tacvault.cli;

import org.tacvault.engine.schedule.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a job from running by itself. */
@Command(name = "pause", description = "Keep a job from running until it is resumed.")
final class SchedulePauseCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the job.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    Job job = context.engine().jobs().pause(name);
    JobView view = JobView.of(job, context.engine());
    context.console().answer(view, () -> "'" + job.id() + "' is paused");
    return ExitCode.OK;
  }
}
