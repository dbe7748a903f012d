package org.tacvault.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.catalog.ConfiguredDestinations;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes single settings of a destination; the others stay, secrets too. */
@Command(
    name = "set",
    description = "Change settings of a destination; it is tested before they are stored.",
    footer = {"", "  tacvault destination set nas --secret password=prompt"})
final class DestinationSetCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Mixin private DestinationSettingsOptions settings;

  @Option(
      names = "--unset",
      paramLabel = "KEY",
      description = "Remove a setting, so that its default holds; may be repeated.")
  private List<String> unset = List.of();

  @Override
  ExitCode run(CommandContext context) {
    ConfiguredDestinations destinations = context.engine().destinations();
    DestinationRecord row = destinations.records().get(name);
    // A mask stands for what is stored.
    Map<String, Object> config = new LinkedHashMap<>(destinations.records().masked(row));
    config.keySet().removeAll(unset);
    config.putAll(settings.read(context, row.type()));
    DestinationRecord changed =
        destinations.change(row.id(), DestinationChange.NONE.withConfig(row.type(), config));
    context
        .console()
        .answer(
            DestinationView.of(destinations.records(), changed),
            () -> "Changed '" + row.name() + "'; it was tested and works");
    return ExitCode.OK;
  }
}
