package org.tacvault.cli;

import org.tacvault.cli.output.Times;
import org.tacvault.engine.schedule.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a paused job run again. */
@Command(name = "resume", description = "Let a paused job run again, from its next time on.")
final class ScheduleResumeCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the job.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    Job job = context.engine().jobs().resume(name);
    JobView view = JobView.of(job, context.engine());
    context.console().answer(view, () -> text(context, view));
    return ExitCode.OK;
  }

  private static String text(CommandContext context, JobView view) {
    return "'%s' runs %s%s"
        .formatted(
            view.jobId(),
            view.words(),
            view.nextRun() == null
                ? ""
                : "; next " + Times.relative(view.nextRun(), context.clock().instant()));
  }
}
