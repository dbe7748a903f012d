package org.tacvault.server.run;

import java.util.concurrent.CompletableFuture;

/**
 * A run that the catalog knows.
 *
 * @param result completes when it has ended, perhaps with the failure
 */
public record StartedRun<T>(String executionId, CompletableFuture<T> result) {
  /** Waits for the end; throws what the run failed with. */
  public T await() {
    return RunFailures.unwrapped(result::join);
  }
}
