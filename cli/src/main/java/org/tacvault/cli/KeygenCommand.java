package org.tacvault.cli;

import java.nio.file.Path;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.IdentityFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a key pair for archives that only its owner can open. */
@Command(
    name = "keygen",
    description = "Make a key pair (age X25519) for encrypting archives to a public key.",
    footer = {
      "",
      "  Put the public key into [backup] encryption_recipients and keep the file away from",
      "  the server: it is what opens the archives (tacvault restore --identity FILE, or age -d)."
    })
final class KeygenCommand extends TacvaultCommand {
  /** What {@code --json} prints; never the private key. */
  record KeyPair(String recipient, String file) {}

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "tacvault-identity.txt",
      description = "New file for the private key, mode 0600 (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Override
  ExitCode run(CommandContext context) {
    Path file = context.path(output);
    Identity identity = Identity.generate();
    IdentityFile.write(file, identity, context.clock().instant());
    context
        .console()
        .answer(
            new KeyPair(identity.recipient(), file.toString()),
            () -> "Public key: " + identity.recipient() + "\nPrivate key: in " + file);
    context.console().note("Keep a copy elsewhere: without this file the archives stay closed.");
    context.console().note(RecoverySheetCommand.OFFER);
    return ExitCode.OK;
  }
}
