package org.tacvault.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.cli.output.ProgressBar;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.rekey.NewKey;
import org.tacvault.engine.rekey.RekeyRequest;
import org.tacvault.engine.rekey.Rekeyed;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.SecretFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Encrypts stored archives to other keys, or for the first time. Old archives are opened with
 * {@code --identity} and {@code --passphrase-file} as in a restore.
 */
@Command(
    name = "rekey",
    description = "Encrypt stored backups anew: to other public keys or another passphrase.",
    footer = {
      "",
      "  Each backup is replaced only when the new one was decrypted to the same content and",
      "  read back. A run that was killed is finished by the next one.",
      "",
      "Example: tacvault rekey --all --identity old-key.txt --to-recipient age1... --confirm"
    })
final class RekeyCommand extends TacvaultCommand {
  /** What to; the configuration says it when neither is given. */
  static final class Target {
    @Option(
        names = "--to-recipient",
        paramLabel = "KEY",
        description = "Public key (age1...) that is to open the backups; may be repeated.")
    private List<String> recipients = new ArrayList<>();

    @Option(
        names = "--to-passphrase-file",
        paramLabel = "FILE",
        description = "File whose first line is the new passphrase.")
    private @Nullable Path passphraseFile;
  }

  @Mixin private RekeyPlaces places = new RekeyPlaces();

  @ArgGroup private @Nullable Target target;

  @Option(names = "--keep-old", description = "Leave the old backups beside the new ones.")
  private boolean keepOld;

  @Option(names = "--dry-run", description = "Change nothing; print what would be encrypted anew.")
  private boolean dryRun;

  @Option(names = "--confirm", description = "Do not ask.")
  private boolean confirmed;

  @Override
  ExitCode run(CommandContext context) {
    BackupEngine engine = context.engine();
    NewKey newKey = newKey(context, engine);
    List<RekeyPlaces.Place> chosen = places.choose(this, context, engine);
    if (!dryRun) {
      requireConfirmation(context, newKey);
    }
    RekeyAnswer answer = new RekeyAnswer(dryRun, newKey.label());
    KeySource keys = new KeySource(context);
    try (ProgressBar bar = context.console().progress(context.clock())) {
      chosen.forEach(place -> answer.add(place.label(), rekey(engine, place, newKey, keys, bar)));
    }
    context.console().answer(answer.document(), answer::text);
    answer.failures().forEach(failure -> context.console().error("not encrypted anew", failure));
    return answer.exitCode();
  }

  private List<Rekeyed> rekey(
      BackupEngine engine,
      RekeyPlaces.Place place,
      NewKey newKey,
      KeySource keys,
      ProgressBar bar) {
    try (Destination destination = place.open(engine)) {
      RekeyRequest request =
          new RekeyRequest(
              place.destinationId(),
              place.claim(),
              destination,
              (StoredArchive archive) -> places.wants(engine, archive),
              newKey,
              keys::keysFor,
              keepOld,
              Progress.ofRekeying(bar));
      return dryRun ? engine.rekeying().plan(request) : engine.rekeying().run(request);
    }
  }

  /** Not with {@code --passphrase-file}: that one opens the old archives. */
  private NewKey newKey(CommandContext context, BackupEngine engine) {
    if (target == null) {
      Environment environment = Environment.of(context.environment());
      return NewKey.of(BackupConfig.from(TacacsConfig.load(engine.home(), environment)));
    }
    if (target.passphraseFile == null) {
      return NewKey.of(target.recipients);
    }
    Path file = context.path(target.passphraseFile);
    SecretFile.exposure("read passphrase file", file).ifPresent(context.console()::warn);
    return NewKey.of(PassphraseSource.fromFile(file));
  }

  private void requireConfirmation(CommandContext context, NewKey newKey) {
    String question =
        "Encrypt them to %s; without that key they are lost. Do you have it?"
            .formatted(newKey.label());
    if (!confirmed && !(context.prompts().canAsk() && context.prompts().confirm(question))) {
      throw new EngineException(
              ErrorKind.REFUSED, "encrypt backups", "to " + newKey.label(), "not confirmed")
          .withHint("see --dry-run first; add --confirm when you are sure to have that key");
    }
  }
}
