package org.tacvault.cli;

import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.server.security.AdminCredentials;
import org.tacvault.server.security.AdminPasswordFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stores the hash of a password where the service finds it when nothing else names one. */
@Command(
    name = "set-password",
    description = "Store a new password; a running service takes it within seconds.",
    footer = {
      "",
      "  Where ADMIN_PASSWORD_HASH, [admin] password_hash or ADMIN_PASSWORD is set, that one counts",
      "  and this command refuses; 'admin hash-password' makes a value for them."
    })
final class AdminSetPasswordCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Stored(String path) {}

  @Mixin private NewPasswordOptions password = new NewPasswordOptions();

  @Override
  ExitCode run(CommandContext context) {
    Home home = context.home();
    new AdminCredentials(home, context.engineEnvironment(), context.clock())
        .originBeforeFile()
        .ifPresent(AdminSetPasswordCommand::refuse);
    AdminPasswordFile file = new AdminPasswordFile(home);
    file.write(password.hash(context));
    String path = file.path().toString();
    context
        .console()
        .answer(
            new Stored(path),
            () -> "Stored the hash in " + path + "; sessions that are open end within seconds");
    return ExitCode.OK;
  }

  private static void refuse(String origin) {
    throw new EngineException(
            ErrorKind.CONFLICT,
            "set password",
            "of the administrator",
            origin + " counts before it")
        .withHint("put the output of 'tacvault admin hash-password' there, or remove it");
  }
}
