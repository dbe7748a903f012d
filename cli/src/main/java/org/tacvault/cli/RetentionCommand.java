package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about how long archives are kept. */
@Command(
    name = "retention",
    description = "Show, set and apply how long archives are kept.",
    footer = {
      "",
      "  Whatever the rule, these stay: the newest good backup of each server, pinned archives,",
      "  archives being restored, and emergency backups for [backup] emergency_keep_days."
    },
    subcommands = {
      RetentionShowCommand.class,
      RetentionSetCommand.class,
      RetentionApplyCommand.class
    })
final class RetentionCommand {}
