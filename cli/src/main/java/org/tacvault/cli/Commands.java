package org.tacvault.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/**
 * All commands, in the order of the help. Describing them all takes longer than most of them run,
 * so when the command line names one, only that one is described.
 */
final class Commands {
  private static final Map<String, Class<?>> BY_NAME = new LinkedHashMap<>();

  /** These speak of all the others. */
  private static final Set<String> ABOUT_ALL = Set.of("completion");

  private static final Set<String> OPTIONS_WITH_VALUE =
      Set.of("--home", "--config", "--passphrase-file", "--identity");

  static {
    BY_NAME.put("serve", ServeCommand.class);
    BY_NAME.put("demo", DemoCommand.class);
    BY_NAME.put("backup", BackupCommand.class);
    BY_NAME.put("list", ListCommand.class);
    BY_NAME.put("show", ShowCommand.class);
    BY_NAME.put("verify", VerifyCommand.class);
    BY_NAME.put("restore", RestoreCommand.class);
    BY_NAME.put(RestoreGuardCommand.NAME, RestoreGuardCommand.class);
    BY_NAME.put("executions", ExecutionsCommand.class);
    BY_NAME.put("status", StatusCommand.class);
    BY_NAME.put("recover", RecoverCommand.class);
    BY_NAME.put("destination", DestinationCommand.class);
    BY_NAME.put("retention", RetentionCommand.class);
    BY_NAME.put("schedule", ScheduleCommand.class);
    BY_NAME.put("pin", PinCommand.class);
    BY_NAME.put("unpin", UnpinCommand.class);
    BY_NAME.put("config", ConfigCommand.class);
    BY_NAME.put("audit", AuditCommand.class);
    BY_NAME.put("admin", AdminCommand.class);
    BY_NAME.put("keygen", KeygenCommand.class);
    BY_NAME.put("completion", CompletionCommand.class);
  }

  private Commands() {}

  /** The command line of {@code tacvault} with every command that {@code arguments} may mean. */
  static CommandLine of(Tacvault tacvault, String... arguments) {
    CommandLine line = new CommandLine(tacvault);
    Optional<String> named = named(arguments);
    BY_NAME.forEach(
        (name, type) -> {
          if (named.isEmpty() || named.get().equals(name)) {
            line.addSubcommand(type);
          }
        });
    if (named.isEmpty()) {
      line.addSubcommand(CommandLine.HelpCommand.class);
    }
    return line;
  }

  /**
   * The first word that is neither an option nor its value, if it is a command that stands alone.
   */
  private static Optional<String> named(String... arguments) {
    for (int index = 0; index < arguments.length; index++) {
      if (OPTIONS_WITH_VALUE.contains(arguments[index])) {
        index++;
      } else if (!arguments[index].startsWith("-")) {
        return Optional.of(arguments[index])
            .filter(BY_NAME::containsKey)
            .filter(name -> !ABOUT_ALL.contains(name));
      }
    }
    return Optional.empty();
  }
}
