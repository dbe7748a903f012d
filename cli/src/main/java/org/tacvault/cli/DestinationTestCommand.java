package org.tacvault.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.destination.ConnectionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries everything that a backup and a restore need of a destination. */
@Command(
    name = "test",
    description = "Try, step by step, everything that a backup and a restore need.",
    footer = {"", "  Exits with 14 when a step fails."})
final class DestinationTestCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Tested(String destination, boolean passed, List<Step> steps) {
    static Tested of(String destination, ConnectionReport report) {
      return new Tested(
          destination, report.passed(), report.steps().stream().map(Step::of).toList());
    }
  }

  record Step(
      String name,
      boolean passed,
      double durationMs,
      @Nullable String failure,
      @Nullable String hint) {
    private static final double NANOS = 1_000_000;

    static Step of(ConnectionReport.Step step) {
      double millis = step.duration().toNanos() / NANOS;
      return new Step(step.name(), step.passed(), millis, step.failure(), step.hint());
    }
  }

  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    ConnectionReport report = context.engine().destinations().test(name);
    context.console().answer(Tested.of(name, report), () -> text(context, report));
    return report.passed() ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private String text(CommandContext context, ConnectionReport report) {
    Table table = context.console().table("STEP", "TIME", "RESULT").right("TIME");
    for (ConnectionReport.Step step : report.steps()) {
      table.row(step.name(), time(step.duration()), step.passed() ? "ok" : step.failure());
    }
    return table + "\n" + report.failed().map(this::verdict).orElse("'" + name + "' works");
  }

  private String verdict(ConnectionReport.Step failed) {
    String hint = failed.hint() == null ? "" : "\nhint: " + failed.hint();
    return "'%s' does not work: %s failed: %s".formatted(name, failed.name(), failed.failure())
        + hint;
  }

  private static String time(Duration duration) {
    return duration.toMillis() < 1 ? "< 1 ms" : Times.duration(duration);
  }
}
