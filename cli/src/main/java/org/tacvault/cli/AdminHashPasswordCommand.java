package org.tacvault.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what {@code ADMIN_PASSWORD_HASH} and {@code [admin] password_hash} take. */
@Command(
    name = "hash-password",
    description = "Print the bcrypt hash of a password, for a configuration.")
final class AdminHashPasswordCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Hashed(String passwordHash) {}

  @Mixin private NewPasswordOptions password = new NewPasswordOptions();

  @Override
  ExitCode run(CommandContext context) {
    String hash = password.hash(context);
    context.console().answer(new Hashed(hash), () -> hash);
    return ExitCode.OK;
  }
}
