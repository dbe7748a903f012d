package org.tacvault.cli;

import java.time.Instant;
import java.util.List;
import org.tacvault.cli.output.Table;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.Destinations;
import picocli.CommandLine.Command;

/** Lists all destinations, disabled ones too. */
@Command(name = "list", description = "List the places where archives go.")
final class DestinationListCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Listed(List<DestinationView> destinations) {}

  @Override
  ExitCode run(CommandContext context) {
    Destinations destinations = context.engine().catalog().destinations();
    List<DestinationView> views =
        destinations.list().stream().map(row -> DestinationView.of(destinations, row)).toList();
    context.console().answer(new Listed(views), () -> text(context, views));
    return ExitCode.OK;
  }

  private static String text(CommandContext context, List<DestinationView> views) {
    if (views.isEmpty()) {
      return "No destinations; add one: tacvault destination add NAME --type local --path DIR";
    }
    Table table = context.console().table("NAME", "TYPE", "PLACE", "STATE", "LAST BACKUP", "KEEPS");
    Instant now = context.clock().instant();
    for (DestinationView view : views) {
      table.row(
          view.name(),
          view.type(),
          view.config().getOrDefault("base_path", ""),
          view.enabled() ? "enabled" : "disabled",
          lastBackup(view, now),
          view.keeps());
    }
    return table.toString();
  }

  static String lastBackup(DestinationView view, Instant now) {
    return view.lastBackupAt() == null
        ? "never"
        : view.lastBackupStatus() + " " + Times.relative(view.lastBackupAt(), now);
  }
}
