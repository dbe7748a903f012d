package org.tacvault.cli;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Destinations;
import org.tacvault.engine.retention.RetentionPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces the rule of a destination whole. */
@Command(
    name = "set",
    description = "Set what a destination keeps; takes effect after the next backup.")
final class RetentionSetCommand extends TacvaultCommand {
  @Parameters(paramLabel = "NAME", description = "Name or id of the destination.")
  private String name;

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      required = true,
      description = {
        "simple: the last days, or a number of backups;",
        "gfs: all of the last days, then one a week, a month, a year;",
        "hanoi: at ages that about double, without end."
      })
  private String strategy;

  @Mixin private KeepOptions keep;

  @Override
  ExitCode run(CommandContext context) {
    RetentionPolicy policy = policy();
    Destinations destinations = context.engine().catalog().destinations();
    DestinationRecord row = destinations.get(name);
    DestinationChange change =
        DestinationChange.NONE.withRetention(policy.strategy(), policy.toConfig());
    DestinationRecord changed =
        destinations.update(row.id(), keep.days().map(change::withRetentionDays).orElse(change));
    DestinationView view = DestinationView.of(destinations, changed);
    context.console().answer(view, () -> "'" + row.name() + "' now keeps " + view.keeps());
    context
        .console()
        .note("See what that means: tacvault retention apply " + row.name() + " --dry-run");
    return ExitCode.OK;
  }

  private RetentionPolicy policy() {
    Map<String, Integer> numbers = keep.numbers();
    RetentionPolicy policy = RetentionPolicy.parse(strategy, numbers);
    Set<String> idle = new TreeSet<>(numbers.keySet());
    idle.removeAll(policy.toConfig().keySet());
    if (!idle.isEmpty()) {
      throw wrongArguments(
          "without effect with these others: --" + String.join(", --", idle).replace('_', '-'));
    }
    if (policy.strategy().equals("simple") && numbers.isEmpty()) {
      throw wrongArguments("simple needs --keep-days or --keep-count");
    }
    return policy;
  }
}
