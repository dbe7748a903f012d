package org.tacvault.engine.catalog;

import java.time.Instant;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Records how an execution failed; a catalog that cannot be written never hides the failure itself.
 */
public final class Failures {
  private Failures() {}

  /** Ends execution {@code id} as failed, or as cancelled when it was interrupted. */
  public static void record(Catalog catalog, String id, Throwable failure, Instant now) {
    record(catalog, id, failure, ExecutionResult.NONE, now);
  }

  /** {@link #record(Catalog, String, Throwable, Instant)} with what was done until then. */
  public static void record(
      Catalog catalog, String id, Throwable failure, ExecutionResult partial, Instant now) {
    // The catalog works with interruptible files too.
    boolean interrupted = Thread.interrupted();
    try {
      if (isCancellation(failure)) {
        catalog.cancel(id, failure.getMessage(), partial, now);
      } else {
        catalog.fail(id, describe(failure), partial, now);
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isCancellation(Throwable failure) {
    return failure instanceof EngineException known && known.kind() == ErrorKind.INTERRUPTED;
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return failure instanceof EngineException known
        ? message + known.hint().map(hint -> " (" + hint + ")").orElse("")
        : message;
  }
}
