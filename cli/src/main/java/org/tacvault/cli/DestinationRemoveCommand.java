package org.tacvault.cli;

import java.util.List;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.schedule.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets a destination that no execution refers to; its archives stay where they are. */
@Command(
    name = "remove",
    description = "Forget a destination that was never used; its archives stay where they are.")
final class DestinationRemoveCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Removed(String id, String name, List<String> jobs) {}

  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Option(names = "--confirm", description = "Do not ask.")
  private boolean confirmed;

  @Override
  ExitCode run(CommandContext context) {
    Destinations destinations = context.engine().catalog().destinations();
    DestinationRecord row = destinations.get(name);
    if (!confirmed && !confirms(context, row)) {
      throw new EngineException(
              ErrorKind.REFUSED, "remove destination", "'" + row.name() + "'", "not confirmed")
          .withHint("add --confirm; or keep it and stop using it: tacvault destination disable");
    }
    List<String> jobs = context.engine().removeDestination(row.id()).stream().map(Job::id).toList();
    context
        .console()
        .answer(
            new Removed(row.id(), row.name(), jobs),
            () -> "Removed '" + row.name() + "'; its archives stay where they are");
    jobs.forEach(job -> context.console().warn("the job '" + job + "' went with it"));
    return ExitCode.OK;
  }

  private static boolean confirms(CommandContext context, DestinationRecord row) {
    return context.prompts().canAsk()
        && context.prompts().confirm("Remove '" + row.name() + "', its settings and its pins?");
  }
}
