package org.tacvault.engine.catalog;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Which executions to list; null means any.
 *
 * @param limit how many at most, from 1
 * @param offset how many of the newest to pass over, from 0
 */
public record ExecutionFilter(
    @Nullable ExecutionKind kind,
    @Nullable ExecutionStatus status,
    @Nullable String destinationId,
    int limit,
    int offset) {
  private static final int DEFAULT_LIMIT = 100;

  public ExecutionFilter {
    if (limit < 1 || offset < 0) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "list executions",
              "limit " + limit + ", offset " + offset,
              "not a part of the list")
          .withHint("limit is at least 1, offset at least 0");
    }
  }

  /** The newest 100 of any kind. */
  public static ExecutionFilter newest() {
    return new ExecutionFilter(null, null, null, DEFAULT_LIMIT, 0);
  }

  public ExecutionFilter withKind(@Nullable ExecutionKind newKind) {
    return new ExecutionFilter(newKind, status, destinationId, limit, offset);
  }

  public ExecutionFilter withStatus(@Nullable ExecutionStatus newStatus) {
    return new ExecutionFilter(kind, newStatus, destinationId, limit, offset);
  }

  public ExecutionFilter withDestination(@Nullable String newDestinationId) {
    return new ExecutionFilter(kind, status, newDestinationId, limit, offset);
  }

  public ExecutionFilter withPage(int newLimit, int newOffset) {
    return new ExecutionFilter(kind, status, destinationId, newLimit, newOffset);
  }
}
