package org.tacvault.engine.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A restore that has to be confirmed; its time begins when everything is in place. */
final class Trial {
  private final InstantSource clock;
  private final Duration time;
  private Optional<Hold> hold = Optional.empty();

  Trial(InstantSource clock, Duration time) {
    this.clock = clock;
    this.time = time;
  }

  /** Refuses a time that nobody can mean. */
  static void check(RestoreOptions options) {
    Optional<Duration> wrong =
        options
            .confirmWithin()
            .filter(time -> time.isNegative() || time.isZero() || time.compareTo(Hold.LONGEST) > 0);
    if (wrong.isPresent()) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT, "restore", "confirm within " + wrong.get(), "no such time")
          .withHint("it is more than nothing and at most " + Hold.LONGEST.toHours() + " hours");
    }
  }

  Hold begin() {
    Instant now = clock.instant();
    Hold begun = new Hold(now, now.plus(time));
    hold = Optional.of(begun);
    return begun;
  }

  /** Empty until it has begun. */
  Optional<Hold> hold() {
    return hold;
  }
}
