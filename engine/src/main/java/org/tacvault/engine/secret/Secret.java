package org.tacvault.engine.secret;

import java.util.Arrays;

/**
 * A value that must never be shown: its text is a mask, and there is no way to print it by
 * accident.
 */
public final class Secret {
  /** What is shown instead of a secret, everywhere; sent back in an update it means "unchanged". */
  public static final String MASK = "********";

  private final char[] value;

  private Secret(char[] value) {
    this.value = value;
  }

  /** Takes a copy of {@code value}. */
  public static Secret of(CharSequence value) {
    return new Secret(value.toString().toCharArray());
  }

  /** Takes a copy of {@code value}. */
  public static Secret of(char[] value) {
    return new Secret(value.clone());
  }

  /** A copy of the characters, for the one who must use them; the caller clears it. */
  public char[] reveal() {
    return value.clone();
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && Arrays.equals(value, secret.value);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
