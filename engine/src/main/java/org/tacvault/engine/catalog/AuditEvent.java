package org.tacvault.engine.catalog;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with the service, or tried to; never with a body or a secret.
 *
 * @param at when it had ended
 * @param actor name of the administrator, {@code api-token} or {@code anonymous}
 * @param address where it came from: an IP address
 * @param session the id of the session that lists show; null without one
 * @param action method and route, for example {@code POST /api/admin/backup/trigger}
 * @param resource what it was about: ids and names; null when the action says all
 * @param status of the answer
 * @param detail a few words; null when the status says all
 * @param userAgent of the program that asked; null when it did not say
 * @param correlationId finds it in the log
 * @param times how many alike this one stands for, at least 1
 */
public record AuditEvent(
    Instant at,
    String actor,
    String address,
    @Nullable String session,
    String action,
    @Nullable String resource,
    int status,
    @Nullable String detail,
    @Nullable String userAgent,
    @Nullable String correlationId,
    int times) {
  private static final int FIRST_ERROR = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;

  /** How it ended. */
  public enum Outcome {
    SUCCEEDED,
    FAILED,
    DENIED;

    /** As stored and shown: lower case. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Told by the status. */
  public Outcome outcome() {
    if (status == UNAUTHORIZED || status == FORBIDDEN || status == TOO_MANY_REQUESTS) {
      return Outcome.DENIED;
    }
    return status < FIRST_ERROR ? Outcome.SUCCEEDED : Outcome.FAILED;
  }

  /** The same, standing for {@code count} alike, the last of them at {@code last}. */
  public AuditEvent repeated(int count, Instant last) {
    return new AuditEvent(
        last,
        actor,
        address,
        session,
        action,
        resource,
        status,
        detail,
        userAgent,
        correlationId,
        count);
  }
}
