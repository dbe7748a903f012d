package org.tacvault.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tacvault.engine.config.ConfigProblem;
import org.tacvault.engine.config.ConfigReview;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.InvalidConfigException;
import org.tacvault.engine.config.TacacsConfig;
import picocli.CommandLine.Command;

/** Finds everything that is wrong with the configuration, at once. */
@Command(
    name = "validate",
    description = "Check the configuration and report all problems together.",
    footer = {"", "  Exits with 1 when there are problems, with 3 when there are only warnings."})
final class ConfigValidateCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Verdict(
      String configFile,
      boolean valid,
      List<ConfigProblem> problems,
      List<ConfigProblem> warnings) {
    ExitCode exitCode() {
      if (!valid) {
        return ExitCode.FAILED;
      }
      return warnings.isEmpty() ? ExitCode.OK : ExitCode.WARNINGS;
    }

    String text() {
      Stream<String> lines =
          Stream.concat(
              problems.stream().map(problem -> "problem: " + problem.text()),
              warnings.stream().map(warning -> "warning: " + warning.text()));
      String found = lines.map(line -> line + "\n").collect(Collectors.joining());
      return found + configFile + ": " + (valid ? "valid" : count(problems, "problem")) + others();
    }

    private String others() {
      return warnings.isEmpty() ? "" : ", " + count(warnings, "warning");
    }

    private static String count(List<?> items, String name) {
      return items.size() + " " + name + (items.size() == 1 ? "" : "s");
    }
  }

  @Override
  ExitCode run(CommandContext context) {
    ConfigReview review = review(context);
    Verdict verdict =
        new Verdict(
            context.home().configFile().toString(),
            review.problems().isEmpty(),
            review.problems(),
            review.warnings());
    context.console().answer(verdict, verdict::text);
    return verdict.exitCode();
  }

  private static ConfigReview review(CommandContext context) {
    try {
      TacacsConfig config =
          TacacsConfig.load(context.home(), Environment.of(context.environment()));
      ConfigReview review = ConfigReview.of(config);
      return config.fileExists() ? review : withMissingFile(review, config);
    } catch (InvalidConfigException e) {
      // Here a configuration that cannot be read is the answer.
      return new ConfigReview(e.problems(), List.of());
    }
  }

  private static ConfigReview withMissingFile(ConfigReview review, TacacsConfig config) {
    List<ConfigProblem> warnings = new ArrayList<>(review.warnings());
    warnings.add(
        new ConfigProblem(
            config.home().configFile().toString(),
            "the file does not exist",
            "the environment and the defaults speak alone"));
    return new ConfigReview(review.problems(), warnings);
  }
}
