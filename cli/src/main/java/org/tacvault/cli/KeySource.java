package org.tacvault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.IdentityFile;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * What archives are opened with: {@code --identity}, and the passphrase of {@code
 * --passphrase-file}, else of the environment, else of the configuration, else of whoever sits at
 * the terminal, who is asked only about an archive that needs one.
 */
final class KeySource {
  private static final String TO_PUBLIC_KEY = "-> X25519";

  private final CommandContext context;
  private @Nullable Secret typed;

  KeySource(CommandContext context) {
    this.context = context;
  }

  /** The keys for {@code archive}; none when it needs none, or is not there. */
  Keys keysFor(ArchiveRef archive) {
    if (archive instanceof ArchiveRef.File file && !Files.isRegularFile(file.path())) {
      return Keys.none();
    }
    byte[] start = start(archive);
    return ArchiveKind.of(start).isEncrypted() ? keysFor(archive.label(), start) : Keys.none();
  }

  private Keys keysFor(String label, byte[] start) {
    List<Identity> identities =
        context.identities().stream()
            .map(context::path)
            .flatMap(file -> IdentityFile.read(file).stream())
            .toList();
    Optional<Secret> known =
        context
            .passphrase()
            .or(() -> PassphraseSource.fromEnvironment(context.environment()))
            .or(this::configured);
    boolean ask = known.isEmpty() && identities.isEmpty() && context.prompts().canAsk();
    return new Keys(ask ? typed(label, start) : known, identities);
  }

  private Optional<Secret> configured() {
    return context.hasHome()
        ? context
            .engineForRestore()
            .readableServer()
            .flatMap(ServerContext::validSettings)
            .flatMap(BackupConfig::encryptionPassphrase)
        : Optional.empty();
  }

  /** Asked for once: several archives of one command have the same. */
  private Optional<Secret> typed(String label, byte[] start) {
    if (new String(start, StandardCharsets.ISO_8859_1).contains(TO_PUBLIC_KEY)) {
      return Optional.empty();
    }
    if (typed == null) {
      typed = context.prompts().passphrase(label);
    }
    return Optional.of(typed);
  }

  private static byte[] start(ArchiveRef archive) {
    try (InputStream in = open(archive)) {
      return in.readNBytes(ArchiveKind.PREFIX_BYTES);
    } catch (IOException e) {
      throw IoFailures.of("open archive", archive.label(), e);
    }
  }

  private static InputStream open(ArchiveRef archive) throws IOException {
    return archive instanceof ArchiveRef.Stored stored
        ? stored.destination().get(stored.path())
        : Files.newInputStream(((ArchiveRef.File) archive).path());
  }
}
