package org.tacvault.cli;

import org.tacvault.engine.catalog.DestinationChange;
import picocli.CommandLine.Command;

/** Puts a destination back into use. */
@Command(name = "enable", description = "Use a destination again.")
final class DestinationEnableCommand extends DestinationChangeCommand {
  @Override
  DestinationChange change() {
    return DestinationChange.NONE.withEnabled(true);
  }

  @Override
  String done() {
    return "is enabled";
  }
}
