package org.tacvault.cli;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.schedule.Schedule;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** When a job runs, as options. */
final class ScheduleOptions {
  /** One way or the other. */
  static final class When {
    @Option(
        names = "--cron",
        paramLabel = "FIELDS",
        required = true,
        description = {
          "Minute, hour, day of the month, month, day of the week, as for cron: '0 4 * * *'.",
          "Days are 0 to 7 (0 and 7 are Sunday) or sun to sat; when both days are given, either",
          "will do."
        })
    private @Nullable String cron;

    @Option(
        names = "--interval",
        paramLabel = "UNIT:N",
        required = true,
        description = "Every so often: minutes:15, hours:24, days:1.")
    private @Nullable String interval;

    @Option(names = "--manual", required = true, description = "Only when somebody runs it.")
    private boolean manual;
  }

  @ArgGroup(multiplicity = "1")
  private When when;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of --cron, for example Europe/Berlin (default: ${DEFAULT-VALUE}).")
  private String timeZone;

  Schedule schedule() {
    if (when.cron != null) {
      return Schedule.parse("cron", when.cron, Schedule.zone(timeZone));
    }
    return when.interval != null
        ? Schedule.parse("interval", when.interval, Schedule.zone(timeZone))
        : Schedule.parse("manual", "", Schedule.zone(timeZone));
  }
}
