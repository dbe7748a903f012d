package org.tacvault.cli;

import org.tacvault.engine.catalog.DestinationChange;
import picocli.CommandLine.Command;

/** Takes a destination out of use; its archives and executions stay. */
@Command(
    name = "disable",
    description = "Stop using a destination without forgetting it; its archives stay.")
final class DestinationDisableCommand extends DestinationChangeCommand {
  @Override
  DestinationChange change() {
    return DestinationChange.NONE.withEnabled(false);
  }

  @Override
  String done() {
    return "is disabled; its archives stay";
  }
}
