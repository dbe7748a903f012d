package org.tacvault.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for fish: one {@code complete} line per command and option, two levels deep. */
final class FishCompletion {
  private FishCompletion() {}

  static String script(CommandSpec root) {
    List<String> lines = new ArrayList<>();
    lines.add("complete -c " + root.name() + " -f");
    root.subcommands()
        .forEach(
            (name, command) -> {
              CommandSpec spec = command.getCommandSpec();
              if (spec.usageMessage().hidden()) {
                return;
              }
              lines.add(line(root, "__fish_use_subcommand") + " -a " + name + describe(spec));
              lines.addAll(insideCommand(root, name, spec));
            });
    root.options().forEach(option -> lines.add(option(root, "__fish_use_subcommand", option)));
    return String.join("\n", lines);
  }

  private static List<String> insideCommand(CommandSpec root, String name, CommandSpec spec) {
    String inside = "__fish_seen_subcommand_from " + name;
    List<String> lines = new ArrayList<>();
    spec.subcommands()
        .forEach(
            (nested, command) ->
                lines.add(
                    line(root, inside) + " -a " + nested + describe(command.getCommandSpec())));
    spec.options().forEach(option -> lines.add(option(root, inside, option)));
    spec.positionalParameters().stream()
        .filter(parameter -> parameter.completionCandidates() != null)
        .forEach(
            parameter ->
                lines.add(
                    line(root, inside)
                        + " -a "
                        + quoted(String.join(" ", parameter.completionCandidates()))));
    return lines;
  }

  private static String option(CommandSpec root, String condition, OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(
                name ->
                    name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1))
            .collect(Collectors.joining());
    // -F brings back file names, which -f switched off for the command as a whole.
    boolean takesFile = Path.class.isAssignableFrom(valueType(option));
    String value = option.arity().max() == 0 ? "" : takesFile ? " -r -F" : " -x";
    String description = String.join(" ", option.description());
    return line(root, condition) + names + value + " -d " + quoted(description);
  }

  private static Class<?> valueType(OptionSpec option) {
    Class<?>[] inCollection = option.auxiliaryTypes();
    return inCollection.length > 0 ? inCollection[0] : option.type();
  }

  private static String line(CommandSpec root, String condition) {
    return "complete -c " + root.name() + " -n " + quoted(condition);
  }

  private static String describe(CommandSpec spec) {
    return " -d " + quoted(String.join(" ", spec.usageMessage().description()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
