package org.tacvault.cli;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.NewJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores a job. */
@Command(
    name = "add",
    description = "Add a job that backs up to a destination at its times.",
    footer = {"", "  tacvault schedule add nightly --cron '30 2 * * *' --time-zone Europe/Berlin"})
final class ScheduleAddCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "What it shall be called, uniquely.")
  private String name;

  @Mixin private ScheduleOptions when;

  @Option(
      names = "--destination",
      paramLabel = "NAME",
      description = "Name or id of a destination (default: the only enabled one).")
  private @Nullable String destination;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with its backups.")
  private @Nullable String comment;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "How often a failed run is tried again (default: [backup] schedule_retries).")
  private @Nullable Integer retries;

  @Option(
      names = "--catch-up",
      arity = "1",
      paramLabel = "BOOLEAN",
      description =
          "Whether a run that was missed happens when the service starts: true or false (default:"
              + " [backup] schedule_catch_up).")
  private @Nullable Boolean catchUp;

  @Option(names = "--replace", description = "Take the place of a job of that name.")
  private boolean replace;

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.engine();
    NewJob wished = wished(context, engine);
    if (!replace && engine.jobs().find(name).isPresent()) {
      throw new EngineException(
              ErrorKind.CONFLICT, "add job", "'" + name + "'", "there is one of that name")
          .withHint("choose another name, or add --replace");
    }
    Job job = engine.jobs().add(wished);
    JobView view = JobView.of(job, engine);
    context.console().answer(view, () -> text(view, context.clock().instant()));
    if (!engine.jobs().areAttended()) {
      context.console().note("It runs while 'tacvault serve' does");
    }
    return ExitCode.OK;
  }

  private NewJob wished(CommandContext context, BackupEngine engine) {
    return new NewJob(
        name,
        JobTask.BACKUP,
        when.schedule(),
        row(engine).id(),
        comment,
        retries,
        catchUp,
        context.triggeredBy(),
        context.clock().instant());
  }

  private DestinationRecord row(BackupEngine engine) {
    return destination == null
        ? engine.destinations().only()
        : engine.catalog().destinations().get(destination);
  }

  static String text(JobView view, Instant now) {
    String next = view.nextRun() == null ? "" : "; next " + Times.relative(view.nextRun(), now);
    return "'%s' backs up to '%s' %s%s".formatted(view.jobId(), view.place(), view.words(), next);
  }
}
