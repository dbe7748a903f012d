package org.tacvault.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.retention.DefaultRetention;
import org.tacvault.engine.retention.RetentionPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tests a destination and stores it in the catalog. */
@Command(
    name = "add",
    description = "Test a place for archives and add it under a name.",
    footer = {
      "",
      "  tacvault destination add nas --type local --path /mnt/nas/tacacs --retention-days 90"
    })
final class DestinationAddCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "What it shall be called, uniquely.")
  private String name;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      required = true,
      description = "What kind of place it is, such as local.")
  private String type;

  @Mixin private DestinationSettingsOptions settings;

  @Option(
      names = "--retention-days",
      paramLabel = "N",
      description =
          "Keep backups for N days (default: what [backup] default_retention_* says; see also"
              + " 'tacvault retention set').")
  private @Nullable Integer retentionDays;

  @Override
  ExitCode run(CommandContext context) {
    NewDestination wished = wished(context, settings.read(context, type));
    DestinationRecord row = context.engine().destinations().add(wished);
    DestinationView view = DestinationView.of(context.engine().catalog().destinations(), row);
    context
        .console()
        .answer(
            view, () -> "Added '%s' (%s); it keeps %s".formatted(name, row.type(), view.keeps()));
    if (context.engine().catalog().destinations().list().size() == 1) {
      context.console().note(RecoverySheetCommand.OFFER);
    }
    return ExitCode.OK;
  }

  private NewDestination wished(CommandContext context, Map<String, Object> config) {
    if (retentionDays == null) {
      return DefaultRetention.destination(
          context.engine().getBackupConfig(),
          name,
          type,
          config,
          context.clock().instant(),
          context.triggeredBy());
    }
    RetentionPolicy policy = RetentionPolicy.keepDays(retentionDays);
    return new NewDestination(
        name,
        type,
        config,
        retentionDays,
        policy.strategy(),
        policy.toConfig(),
        context.clock().instant(),
        context.triggeredBy());
  }
}
