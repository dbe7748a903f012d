package org.tacvault.server.error;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.SecretKeys;
import org.tacvault.engine.error.Printable;

/** What of a refused value is shown to whoever sent it. */
final class Input {
  private Input() {}

  static @Nullable Object shown(String name, @Nullable Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (!(value instanceof CharSequence text)) {
      return null;
    }
    return Printable.of(SecretKeys.masked("", name, text.toString()));
  }
}
