package org.tacvault.engine.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run, as the catalog knows it.
 *
 * @param id UUIDv4
 * @param request how it began; its start is kept in microseconds
 * @param completedAt when it ended, however it ended; null while it runs, and in failed rows of the
 *     Python server
 * @param errorMessage why it failed
 */
public record Execution(
    String id,
    ExecutionStatus status,
    NewExecution request,
    @Nullable Instant completedAt,
    @Nullable String errorMessage,
    ExecutionResult result) {
  public ExecutionKind kind() {
    return request.kind();
  }

  public Instant startedAt() {
    return request.startedAt();
  }
}
