package org.tacvault.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Console;
import org.tacvault.cli.output.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one job. */
@Command(name = "show", description = "Show a job, and why its last run failed.")
final class ScheduleShowCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the job.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    JobView view = JobView.of(context.engine().jobs().get(name), context.engine());
    context.console().answer(view, () -> text(view, context.clock().instant()));
    return ExitCode.OK;
  }

  private static String text(JobView view, Instant now) {
    List<String> lines = new ArrayList<>();
    line(lines, "name", view.jobId());
    line(lines, "does", view.task() + " (" + view.place() + ")");
    line(lines, "runs", view.words());
    line(lines, view.scheduleType(), view.scheduleValue());
    line(lines, "status", view.status());
    line(lines, "next run", time(view.nextRun()));
    line(lines, "last run", ScheduleListCommand.lastRun(view, now));
    line(lines, "execution", view.lastExecutionId());
    line(lines, "error", view.lastError());
    line(lines, "failures", view.failureCount() == 0 ? null : view.failureCount() + " in a row");
    line(lines, "retries", view.retries() == null ? null : "" + view.retries());
    line(lines, "catches up", view.catchUp() == null ? null : view.catchUp() ? "yes" : "no");
    line(lines, "comment", view.comment());
    line(lines, "added", time(view.createdAt()) + " by " + view.createdBy());
    return String.join("\n", lines);
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Times.absolute(time, ZoneOffset.UTC).replace(" Z", " UTC");
  }

  private static void line(List<String> lines, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add("%-14s %s".formatted(name + ":", Console.printable(value)));
    }
  }
}
