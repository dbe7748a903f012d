package org.tacvault.server.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The password of the configuration that the Python server ships as a sample. It is not refused,
 * since servers and their tests use it, but whoever uses it is told.
 */
final class SamplePassword {
  private static final Logger LOG = LoggerFactory.getLogger(SamplePassword.class);
  private static final String PASSWORD = "admin123";

  private SamplePassword() {}

  static void warnIfUsed(String password) {
    if (password.equals(PASSWORD)) {
      LOG.warn(
          "SECURITY: the administrator's password is that of the Python server's sample"
              + " configuration, which everybody knows. Change it:"
              + " 'tacvault admin hash-password' makes a value for [admin] password_hash");
    }
  }

  /** Warns when {@code hash} is one of that password; takes as long as a login. */
  static void warnIfHashed(String hash) {
    if (PasswordHash.matches(PASSWORD, hash)) {
      warnIfUsed(PASSWORD);
    }
  }
}
