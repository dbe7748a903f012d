package org.tacvault.cli;

import java.util.List;
import java.util.Locale;
import org.tacvault.cli.output.Table;
import org.tacvault.engine.config.ConfigView;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.Origin;
import org.tacvault.engine.config.TacacsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the effective values; secrets are masked. Opens no engine: looking changes nothing. */
@Command(
    name = "show",
    description = "Show the effective values and where each comes from; secrets are masked.")
final class ConfigShowCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Shown(String home, String configFile, boolean fileExists, List<Value> values) {}

  /**
   * One value.
   *
   * @param origin default, environment, file or override
   * @param originDetail {@code path:line}, the variable, or who set the override
   */
  record Value(String name, String value, String origin, String originDetail, String explanation) {
    static Value of(ConfigView.Line line) {
      Origin origin = line.origin();
      return new Value(
          line.name(),
          line.value(),
          origin.kind().name().toLowerCase(Locale.ROOT),
          origin.detail(),
          line.explanation());
    }
  }

  @Option(
      names = "--all",
      description = "Also the settings of the TACACS+ server itself, and keys without effect.")
  private boolean all;

  @Override
  ExitCode run(CommandContext context) {
    TacacsConfig config = TacacsConfig.load(context.home(), Environment.of(context.environment()));
    List<ConfigView.Line> lines = all ? ConfigView.lines(config) : ConfigView.backupLines(config);
    context.console().answer(document(config, lines), () -> table(context, lines).toString());
    if (!config.fileExists()) {
      context.console().note(config.home().configFile() + " does not exist: these are defaults");
    }
    return ExitCode.OK;
  }

  private static Shown document(TacacsConfig config, List<ConfigView.Line> lines) {
    return new Shown(
        config.home().root().toString(),
        config.home().configFile().toString(),
        config.fileExists(),
        lines.stream().map(Value::of).toList());
  }

  private static Table table(CommandContext context, List<ConfigView.Line> lines) {
    Table table = context.console().table("KEY", "VALUE", "FROM");
    lines.forEach(line -> table.row(line.name(), line.value(), line.origin().text()));
    return table;
  }
}
