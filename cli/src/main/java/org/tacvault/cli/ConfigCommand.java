package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about the configuration. */
@Command(
    name = "config",
    description = "Show, check and explain the configuration.",
    subcommands = {
      ConfigShowCommand.class,
      ConfigValidateCommand.class,
      ConfigExplainCommand.class
    })
final class ConfigCommand {}
