package org.tacvault.server.security;

import java.time.Duration;

/**
 * The one account, as it is configured at a moment.
 *
 * @param origin where the password comes from, for a person
 */
public record AdminAccount(
    String username, String passwordHash, Duration sessionTimeout, String origin) {

  /** Another one as soon as name or password change: the sessions of before end then. */
  String version() {
    return SecretDigest.of(username + "\n" + passwordHash).hex();
  }

  boolean isCalled(String name) {
    return SecretDigest.of(username).matches(name);
  }

  @Override
  public String toString() {
    return "AdminAccount[" + username + ", password from " + origin + "]";
  }
}
