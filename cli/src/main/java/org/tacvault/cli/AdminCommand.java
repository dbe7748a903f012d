package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about the administrator of the service. */
@Command(
    name = "admin",
    description = "Set the administrator's password of the service.",
    subcommands = {AdminSetPasswordCommand.class, AdminHashPasswordCommand.class})
final class AdminCommand {}
