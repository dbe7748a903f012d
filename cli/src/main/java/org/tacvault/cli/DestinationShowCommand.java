package org.tacvault.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.cli.output.Times;
import org.tacvault.engine.catalog.Destinations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one destination; its secrets are masked. */
@Command(name = "show", description = "Show a destination; secrets are masked.")
final class DestinationShowCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Override
  ExitCode run(CommandContext context) {
    Destinations destinations = context.engine().catalog().destinations();
    DestinationView view = DestinationView.of(destinations, destinations.get(name));
    context.console().answer(view, () -> text(context, view));
    return ExitCode.OK;
  }

  private static String text(CommandContext context, DestinationView view) {
    List<String> lines = new ArrayList<>();
    line(lines, "name", view.name());
    line(lines, "id", view.id());
    line(lines, "type", view.type());
    line(lines, "state", view.enabled() ? "enabled" : "disabled");
    view.config().forEach((key, value) -> line(lines, key, String.valueOf(value)));
    line(lines, "keeps", view.keeps());
    line(lines, "last backup", DestinationListCommand.lastBackup(view, context.clock().instant()));
    String added = Times.absolute(view.createdAt(), ZoneId.of("UTC"));
    line(lines, "added", added + " by " + view.createdBy());
    return String.join("\n", lines);
  }

  private static void line(List<String> lines, String name, String value) {
    lines.add("%-14s %s".formatted(name + ":", value.replaceAll("\\p{Cntrl}", "?")));
  }
}
