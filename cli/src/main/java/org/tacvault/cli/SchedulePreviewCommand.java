package org.tacvault.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.schedule.Schedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what a schedule means; needs no server. */
@Command(name = "preview", description = "Say in words when a job would run, and its next runs.")
final class SchedulePreviewCommand extends TacvaultCommand {
  private static final int MOST = 1_000;

  @Mixin private ScheduleOptions when;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many runs (default: ${DEFAULT-VALUE}).")
  private int count;

  /** What {@code --json} prints. */
  record Previewed(
      String scheduleType,
      String scheduleValue,
      String timeZone,
      String words,
      List<Instant> nextRuns) {}

  @Override
  ExitCode run(CommandContext context) {
    if (count < 1 || count > MOST) {
      throw wrongArguments("--count takes 1 to " + MOST);
    }
    Schedule schedule = when.schedule();
    List<Instant> runs = schedule.preview(count, context.clock().instant());
    context
        .console()
        .answer(
            new Previewed(
                schedule.type(), schedule.value(), schedule.zoneName(), schedule.words(), runs),
            () -> text(schedule, runs));
    return ExitCode.OK;
  }

  private static String text(Schedule schedule, List<Instant> runs) {
    Stream<String> lines = runs.stream().map(run -> "  " + line(schedule, run));
    return Stream.concat(Stream.of("Runs " + schedule.words()), lines)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Schedule schedule, Instant run) {
    String utc = Times.absolute(run, ZoneOffset.UTC).replace(" Z", " UTC");
    return schedule.zoneName().equals("UTC")
        ? utc
        : Times.absolute(run, ZoneId.of(schedule.zoneName())) + "  (" + utc + ")";
  }
}
