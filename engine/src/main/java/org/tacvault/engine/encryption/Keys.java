package org.tacvault.engine.encryption;

import java.util.List;
import java.util.Optional;
import org.tacvault.engine.secret.Secret;

/**
 * What a user offers to open archives with.
 *
 * @param passphrase for archives under a passphrase, age or the Python server's
 * @param identities tried in order on archives to public keys
 */
public record Keys(Optional<Secret> passphrase, List<Identity> identities) {
  public Keys {
    passphrase = passphrase.filter(secret -> !secret.isEmpty());
    identities = List.copyOf(identities);
  }

  /** Nothing: opens plain archives only. */
  public static Keys none() {
    return new Keys(Optional.empty(), List.of());
  }

  /** A passphrase alone. */
  public static Keys of(Secret passphrase) {
    return new Keys(Optional.of(passphrase), List.of());
  }

  /** Identities alone. */
  public static Keys of(List<Identity> identities) {
    return new Keys(Optional.empty(), identities);
  }
}
