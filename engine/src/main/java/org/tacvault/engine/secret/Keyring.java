package org.tacvault.engine.secret;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The keys at hand.
 *
 * @param given by environment or service manager; they go before our own
 * @param own of the file in the home
 */
record Keyring(List<SealingKey> given, List<SealingKey> own) {
  /** The one that encrypts; empty when there is no key yet. */
  Optional<SealingKey> active() {
    return all().findFirst();
  }

  Optional<SealingKey> find(String id) {
    return all().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Whether it is ours to make a new key. */
  boolean isOurs() {
    return given.isEmpty();
  }

  private Stream<SealingKey> all() {
    return Stream.concat(given.stream(), own.stream());
  }
}
