package org.tacvault.cli;

import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.destination.Destination;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps one archive from every retention. */
@Command(name = "pin", description = "Keep an archive whatever retention says.")
final class PinCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Pinned(String destination, String path, String reason) {}

  @Parameters(index = "0", paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Parameters(index = "1", paramLabel = "PATH", description = "The archive, as 'list' shows it.")
  private String path;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why it is kept, for those who find it later.")
  private String reason;

  @Override
  ExitCode run(CommandContext context) {
    if (reason.isBlank()) {
      throw wrongArguments("the reason is empty");
    }
    DestinationRecord row = context.engine().catalog().destinations().get(name);
    Pinned pinned = new Pinned(row.name(), stored(context, row), reason);
    context
        .engine()
        .catalog()
        .pins()
        .pin(row.id(), pinned.path(), reason, context.clock().instant());
    context.console().answer(pinned, () -> "Pinned " + pinned.path() + ": " + reason);
    return ExitCode.OK;
  }

  /** The path as listings give it: a pin of anything else would protect nothing. */
  private String stored(CommandContext context, DestinationRecord row) {
    try (Destination destination = context.engine().destinations().open(row)) {
      return destination.stat(path).path();
    }
  }
}
