package org.tacvault.cli;

import org.tacvault.engine.config.ConfigView;
import org.tacvault.engine.config.ConfigView.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what a key is for; needs no home. */
@Command(name = "explain", description = "Tell what a key does and what it may hold.")
final class ConfigExplainCommand extends TacvaultCommand {
  @Parameters(
      paramLabel = "KEY",
      description = "SECTION.KEY, or the key alone when it is one of [backup].")
  private String key;

  @Override
  ExitCode run(CommandContext context) {
    Explanation explanation = ConfigView.explain(key);
    context.console().answer(explanation, () -> text(explanation));
    return ExitCode.OK;
  }

  private static String text(Explanation explanation) {
    String defaultValue = explanation.defaultValue();
    return String.join(
        "\n",
        explanation.name() + ": " + explanation.explanation(),
        "  allowed:     " + explanation.allowed(),
        "  default:     " + (defaultValue.isEmpty() ? "(empty)" : defaultValue),
        "  environment: " + String.join(", ", explanation.variables()));
  }
}
