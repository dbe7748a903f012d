package org.tacvault.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.BackupEngine;
import picocli.CommandLine.Command;

/** Lists all jobs, also those of the system. */
@Command(name = "list", description = "List jobs with their next and last runs.")
final class ScheduleListCommand extends TacvaultCommand {
  /**
   * What {@code --json} prints.
   *
   * @param schedulerRunning whether a service was seen running jobs within the last minutes
   */
  record Listed(List<JobView> jobs, boolean schedulerRunning) {}

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.engine();
    Map<String, String> names = JobView.names(engine);
    List<JobView> views = engine.jobs().list().stream().map(job -> JobView.of(job, names)).toList();
    boolean attended = engine.jobs().areAttended();
    context.console().answer(new Listed(views, attended), () -> text(context, views));
    if (!attended && !views.isEmpty()) {
      context.console().warn("no service runs these jobs: start 'tacvault serve'");
    }
    return ExitCode.OK;
  }

  private static String text(CommandContext context, List<JobView> views) {
    if (views.isEmpty()) {
      return "No jobs; add one: tacvault schedule add NAME --cron '0 4 * * *'";
    }
    Table table =
        context.console().table("NAME", "STATUS", "RUNS", "DESTINATION", "NEXT RUN", "LAST RUN");
    Instant now = context.clock().instant();
    for (JobView view : views) {
      table.row(
          view.jobId(),
          view.status(),
          view.words(),
          view.place(),
          view.nextRun() == null ? "-" : Times.relative(view.nextRun(), now),
          lastRun(view, now));
    }
    return table.toString();
  }

  static String lastRun(JobView view, Instant now) {
    if (view.lastRun() == null) {
      return view.lastStatus() == null ? "never" : view.lastStatus();
    }
    String when = Times.relative(view.lastRun(), now);
    return view.lastStatus() == null ? when : view.lastStatus() + " " + when;
  }
}
