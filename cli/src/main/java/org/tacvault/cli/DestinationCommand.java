package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about the places where archives go. */
@Command(
    name = "destination",
    description = "Add, test and change the places where archives go.",
    subcommands = {
      DestinationAddCommand.class,
      DestinationListCommand.class,
      DestinationShowCommand.class,
      DestinationTestCommand.class,
      DestinationSetCommand.class,
      DestinationEnableCommand.class,
      DestinationDisableCommand.class,
      DestinationRenameCommand.class,
      DestinationRemoveCommand.class
    })
final class DestinationCommand {}
