package org.tacvault.cli;

import picocli.CommandLine.Command;

/** What is about the keys that encrypt secrets in the catalog. */
@Command(
    name = "secrets",
    description = "Change the key that encrypts the secrets of destinations.",
    subcommands = {SecretsRotateCommand.class})
final class SecretsCommand {}
