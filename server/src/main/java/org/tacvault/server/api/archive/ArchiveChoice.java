package org.tacvault.server.api.archive;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.secret.PassphraseSource;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.server.api.DestinationLookup;

/** Finds the archive that a request names, and the keys to open it with. */
@Component
public final class ArchiveChoice {
  private final BackupEngine engine;
  private final DestinationLookup destinations;
  private final LocalArchives files;

  ArchiveChoice(BackupEngine engine, DestinationLookup destinations, LocalArchives files) {
    this.engine = engine;
    this.destinations = destinations;
    this.files = files;
  }

  /**
   * The archive at {@code path}, which must be there.
   *
   * @param destinationId id or name; null means a file of this machine below an allowed root
   */
  public ChosenArchive choose(@Nullable String destinationId, String path) {
    if (destinationId == null) {
      return new ChosenArchive(new ArchiveRef.File(files.require(path)), null);
    }
    DestinationRecord row = destinations.get(destinationId);
    Destination destination = engine.source(row);
    try {
      String stored = destination.stat(path).path();
      return new ChosenArchive(new ArchiveRef.Stored(row.id(), destination, stored), destination);
    } catch (RuntimeException | Error e) {
      destination.close();
      throw e;
    }
  }

  /**
   * What archives are opened with: the passphrase of the request, else of the environment, else of
   * the configuration.
   *
   * @param identity an age key, {@code AGE-SECRET-KEY-1…}
   */
  public Keys keys(@Nullable Secret passphrase, @Nullable Secret identity) {
    Optional<Secret> known =
        Optional.ofNullable(passphrase).or(this::environment).or(this::configured);
    return new Keys(known, identity == null ? List.of() : List.of(Identity.parse(identity)));
  }

  private Optional<Secret> environment() {
    return PassphraseSource.fromEnvironment(engine.environment().variables());
  }

  private Optional<Secret> configured() {
    return engine
        .readableServer()
        .flatMap(ServerContext::validSettings)
        .flatMap(BackupConfig::encryptionPassphrase);
  }
}
