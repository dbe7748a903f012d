package org.tacvault.engine.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.AuditEvent.Outcome;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Which audit events to list; null means any.
 *
 * @param actor exactly
 * @param action a part of it, whatever the case
 * @param since not before
 * @param until before
 * @param limit how many at most, 1 to {@value #MOST}
 * @param offset how many of the newest to pass over, from 0
 */
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable Outcome outcome,
    @Nullable Instant since,
    @Nullable Instant until,
    int limit,
    int offset) {
  /** The largest part of the list that is given at once. */
  public static final int MOST = 1_000;

  public AuditFilter {
    if (limit < 1 || limit > MOST || offset < 0) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "list audit events",
              "limit " + limit + ", offset " + offset,
              "not a part of the list")
          .withHint("limit is 1 to " + MOST + ", offset at least 0");
    }
  }
}
