package org.tacvault.cli;

import org.tacvault.engine.catalog.DestinationChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a destination another name; archives, jobs and executions know it by its id. */
@Command(name = "rename", description = "Give a destination another name.")
final class DestinationRenameCommand extends DestinationChangeCommand {
  @Parameters(index = "1", paramLabel = "NEW", description = "The new name, which must be free.")
  private String newName;

  @Override
  DestinationChange change() {
    return DestinationChange.NONE.withName(newName);
  }

  @Override
  String done() {
    return "is now called '" + newName + "'";
  }
}
