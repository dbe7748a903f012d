package org.tacvault.engine.config;

import java.util.Optional;

/** What a restore would stumble over, seen from here and now. */
final class ServerCommandsWarnings {
  private final TacacsConfig config;
  private final Problems warnings;
  private final ServerCommands commands;

  ServerCommandsWarnings(TacacsConfig config, Problems warnings) {
    this.config = config;
    this.warnings = warnings;
    this.commands = new ServerCommandsReader(config, new Problems()).build();
  }

  void check() {
    missing(BackupKeys.STOP_COMMAND, commands.stop());
    missing(BackupKeys.START_COMMAND, commands.start());
    missing(BackupKeys.RELOAD_COMMAND, commands.reload());
    missing(BackupKeys.HEALTH_COMMAND, commands.health());
    if (commands.stop().isPresent() && commands.start().isEmpty()) {
      warn(
          BackupKeys.STOP_COMMAND,
          "stops the TACACS+ server, and nothing starts it again",
          "set start_command");
    }
    if (commands.start().isPresent() && commands.reload().isPresent()) {
      warn(BackupKeys.RELOAD_COMMAND, "has no effect beside start_command", "keep one of the two");
    }
  }

  private void missing(BackupKey<String> key, Optional<HostCommand> command) {
    command
        .filter(each -> ProgramPath.find(each.program(), config.environment()).isEmpty())
        .ifPresent(
            each ->
                warn(
                    key,
                    "names a program that is not there or cannot be executed: "
                        + Redaction.of(config, config.environment()).apply(each.program()),
                    "give its absolute path, or install it"));
  }

  private void warn(BackupKey<String> key, String what, String allowed) {
    warnings.add(
        config.value(BackupKeys.SECTION, key.name()).orElseThrow().origin().text(),
        "[" + BackupKeys.SECTION + "] " + key.name() + " " + what,
        allowed);
  }
}
