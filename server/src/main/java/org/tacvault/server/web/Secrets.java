package org.tacvault.server.web;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.Secret;

/** Reads the secrets of forms. */
final class Secrets {
  private Secrets() {}

  /** Null when nothing was typed. */
  static @Nullable Secret of(String typed) {
    return typed.isEmpty() ? null : Secret.of(typed);
  }
}
