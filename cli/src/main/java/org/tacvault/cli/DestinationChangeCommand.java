package org.tacvault.cli;

import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A small change of one destination, after which it is shown. */
@Command
abstract class DestinationChangeCommand extends TacvaultCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  abstract DestinationChange change();

  /** What has happened, as a sentence that begins with the destination. */
  abstract String done();

  @Override
  final ExitCode run(CommandContext context) {
    Destinations destinations = context.engine().catalog().destinations();
    DestinationRecord old = destinations.get(name);
    DestinationRecord changed = destinations.update(old.id(), change());
    context
        .console()
        .answer(DestinationView.of(destinations, changed), () -> "'" + old.name() + "' " + done());
    return ExitCode.OK;
  }
}
