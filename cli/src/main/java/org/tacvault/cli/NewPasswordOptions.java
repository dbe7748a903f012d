package org.tacvault.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.secret.SecretFile;
import org.tacvault.server.security.PasswordHash;
import picocli.CommandLine.Option;

/** Where a new password comes from: a file or a prompt, never an argument. */
final class NewPasswordOptions {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the new password; without it you are asked for it.")
  private @Nullable Path passwordFile;

  /** The bcrypt hash of what the user gives. */
  String hash(CommandContext context) {
    if (passwordFile == null) {
      return PasswordHash.ofNew(context.prompts().newPassword("the administrator"));
    }
    Path file = context.path(passwordFile);
    SecretFile.exposure("read password file", file).ifPresent(context.console()::warn);
    Secret password = PassphraseSource.fromFile(file);
    return PasswordHash.ofNew(password);
  }
}
