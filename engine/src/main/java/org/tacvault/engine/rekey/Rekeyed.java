package org.tacvault.engine.rekey;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;

/**
 * What became of one archive.
 *
 * @param path before
 * @param newPath where it lies now; null when nothing was done
 * @param failure why it is as it was, null when that is right
 */
public record Rekeyed(
    String path, Outcome outcome, @Nullable String newPath, @Nullable EngineException failure) {
  /** How it went. */
  public enum Outcome {
    /** It is encrypted to the new key now. */
    DONE,
    /** It would be, were this no dry run. */
    WANTED,
    /** It was already. */
    ALREADY,
    FAILED
  }

  static Rekeyed done(String path, String newPath) {
    return new Rekeyed(path, Outcome.DONE, newPath, null);
  }

  static Rekeyed untouched(String path, Outcome outcome) {
    return new Rekeyed(path, outcome, null, null);
  }

  static Rekeyed failed(String path, EngineException failure) {
    return new Rekeyed(path, Outcome.FAILED, null, failure);
  }
}
