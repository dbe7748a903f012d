package org.tacvault.server.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Slows down guessing of the password. Each address has a few attempts. When very many fail,
 * wherever they come from, an address that has failed before shares one slow allowance with all
 * others; the first attempt from an address is always heard, so that nobody can lock the
 * administrator out from elsewhere.
 */
final class LoginThrottle {
  private static final int ATTEMPTS = 5;
  private static final Duration REFILL = Duration.ofSeconds(30);
  private static final int ATTEMPTS_OF_ALL = 50;
  private static final Duration REFILL_OF_ALL = Duration.ofSeconds(10);
  private static final String ALL = "all";

  private final Throttle addresses;
  private final Throttle all;

  LoginThrottle(InstantSource clock) {
    addresses = new Throttle(ATTEMPTS, REFILL, clock);
    all = new Throttle(ATTEMPTS_OF_ALL, REFILL_OF_ALL, clock);
  }

  /** Takes an attempt of that network; how long to wait when it has none. */
  Optional<Duration> take(String network) {
    boolean hasFailedBefore = addresses.isKnown(network);
    Optional<Duration> wait = addresses.take(network);
    if (wait.isPresent()) {
      return wait;
    }
    Optional<Duration> waitOfAll = all.take(ALL);
    return hasFailedBefore ? waitOfAll : Optional.empty();
  }

  /** The password was right. */
  void forgive(String network) {
    addresses.forgive(network);
  }
}
