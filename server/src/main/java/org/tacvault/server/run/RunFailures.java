package org.tacvault.server.run;

import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Gives back what a run failed with as it was thrown. */
final class RunFailures {
  private RunFailures() {}

  static <T> T unwrapped(Supplier<T> waiting) {
    try {
      return waiting.get();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
