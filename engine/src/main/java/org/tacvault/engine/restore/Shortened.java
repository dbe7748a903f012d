package org.tacvault.engine.restore;

import org.jspecify.annotations.Nullable;

/** Foreign text at a bounded length, so that a strange database cannot fill the memory. */
final class Shortened {
  private static final int MOST_CHARACTERS = 1000;

  private Shortened() {}

  static String of(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : of(text);
  }
}
