package org.tacvault.cli;

import java.util.List;
import org.tacvault.engine.catalog.DestinationSecrets;
import picocli.CommandLine.Command;

/** Encrypts every secret of the catalog anew. */
@Command(
    name = "rotate",
    description = "Encrypt the secrets of all destinations with a new key, all or none.",
    footer = {
      "",
      "  Where keys are given (TACVAULT_SECRET_KEY, TACVAULT_SECRET_KEY_FILE, a systemd",
      "  credential), put a new one before the old one first: openssl rand -base64 32"
    })
final class SecretsRotateCommand extends TacvaultCommand {
  /** What {@code --json} prints. */
  record Rotated(String keyId, String keyPlace, List<String> destinations) {}

  @Override
  ExitCode run(CommandContext context) {
    DestinationSecrets secrets = context.engine().catalog().secrets();
    DestinationSecrets.Rotation done = secrets.rotate();
    Rotated answer = new Rotated(done.keyId(), secrets.store().keyPlace(), done.destinations());
    context
        .console()
        .answer(
            answer,
            () ->
                "Encrypted the secrets of %d %s with key %s (%s)"
                    .formatted(
                        answer.destinations().size(),
                        answer.destinations().size() == 1 ? "destination" : "destinations",
                        answer.keyId(),
                        answer.keyPlace()));
    if (!secrets.store().makesKeys()) {
      context.console().note("The old key is not needed any more: take it away.");
    }
    return ExitCode.OK;
  }
}
