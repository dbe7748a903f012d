package org.tacvault.server.security;

import java.time.Duration;
import java.time.Instant;

/**
 * Somebody who has logged in.
 *
 * @param id what lists show; opens nothing
 * @param accountVersion of the account when it began; see {@link AdminAccount#version}
 * @param timeout how long it lasts without a request
 * @param renewedAt when its time last began to run anew
 * @param address where it was begun from
 */
public record AdminSession(
    String id,
    String username,
    String accountVersion,
    Duration timeout,
    Instant createdAt,
    Instant renewedAt,
    String address,
    String userAgent) {
  /** However busy, nobody stays longer than this, or than the timeout if that is longer. */
  private static final Duration LONGEST = Duration.ofHours(12);

  // So that not every answer carries a cookie.
  private static final int RENEWALS = 10;

  /** When it ends if nothing more is asked. */
  public Instant expiresAt() {
    Duration most = timeout.compareTo(LONGEST) > 0 ? timeout : LONGEST;
    Instant idle = renewedAt.plus(timeout);
    Instant last = createdAt.plus(most);
    return idle.isBefore(last) ? idle : last;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt());
  }

  boolean isToBeRenewed(Instant now) {
    return Duration.between(renewedAt, now).compareTo(timeout.dividedBy(RENEWALS)) >= 0;
  }

  AdminSession renewed(Instant now) {
    return new AdminSession(
        id, username, accountVersion, timeout, createdAt, now, address, userAgent);
  }
}
