package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about jobs. */
@Command(
    name = "schedule",
    description = "Add, list, pause, run and remove jobs.",
    footer = {
      "",
      "  'tacvault serve' runs jobs at their times, and sees changes that are made here at once."
    },
    subcommands = {
      ScheduleListCommand.class,
      ScheduleShowCommand.class,
      ScheduleAddCommand.class,
      ScheduleRemoveCommand.class,
      SchedulePauseCommand.class,
      ScheduleResumeCommand.class,
      ScheduleRunCommand.class,
      SchedulePreviewCommand.class
    })
final class ScheduleCommand {}
