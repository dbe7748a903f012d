package org.tacvault.engine.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the commands of {@code [backup]}. What their words may be depends on other keys. */
final class ServerCommandsReader {
  private static final List<BackupKey<String>> COMMANDS =
      List.of(
          BackupKeys.STOP_COMMAND,
          BackupKeys.START_COMMAND,
          BackupKeys.RELOAD_COMMAND,
          BackupKeys.HEALTH_COMMAND);

  /** Besides the commands themselves. */
  static final List<BackupKey<?>> KEYS =
      List.of(BackupKeys.COMMAND_TIMEOUT, BackupKeys.COMMAND_SHELL);

  private final TacacsConfig config;
  private final Problems problems;

  ServerCommandsReader(TacacsConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void check() {
    COMMANDS.forEach(this::check);
  }

  /** The commands that are set and can be understood. */
  ServerCommands build() {
    return new ServerCommands(
        command(BackupKeys.STOP_COMMAND),
        command(BackupKeys.START_COMMAND),
        command(BackupKeys.RELOAD_COMMAND),
        command(BackupKeys.HEALTH_COMMAND),
        Duration.ofSeconds(BackupKeys.COMMAND_TIMEOUT.valueIn(config)),
        isScript());
  }

  private void check(BackupKey<String> key) {
    String text = key.textIn(config);
    if (text.indexOf('\0') >= 0) {
      problem(key, "holds a NUL character", "write it without");
    } else if (!isScript() && CommandWords.split(text).isEmpty()) {
      problem(
          key,
          "has a quote that is not closed, or ends with a backslash",
          "close it, or put a backslash before a quote or backslash that is meant");
    } else if (command(key).isEmpty() && !text.isBlank()) {
      problem(
          key,
          "begins with a relative path",
          "begin it with an absolute path, or with a name that is found on PATH");
    }
  }

  private Optional<HostCommand> command(BackupKey<String> key) {
    String text = key.textIn(config);
    String name = key.name().replace("_command", "");
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    if (isScript()) {
      return Optional.of(HostCommand.shell(name, text));
    }
    return CommandWords.split(text)
        .filter(words -> !words.isEmpty() && ProgramPath.isAllowed(words.get(0)))
        .map(words -> new HostCommand(name, text, words));
  }

  private boolean isScript() {
    return BackupKeys.COMMAND_SHELL.valueIn(config);
  }

  private void problem(BackupKey<String> key, String what, String allowed) {
    problems.add(
        config.value(BackupKeys.SECTION, key.name()).orElseThrow().origin().text(),
        "[" + BackupKeys.SECTION + "] " + key.name() + " " + what,
        allowed);
  }
}
