package org.tacvault.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on, from where it was set. */
final class MovableClock implements InstantSource {
  private volatile Duration ahead;

  MovableClock(Instant now) {
    ahead = Duration.between(Instant.now(), now);
  }

  void advance(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
