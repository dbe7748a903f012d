package org.tacvault.engine.restore;

import java.time.Duration;
import java.time.Instant;

/**
 * The time in which a restore can still be confirmed. The wall clock decides, so that it goes on
 * over a restart; one that was set back to well before the beginning decides nothing any more, and
 * the time counts as over.
 *
 * @param since when everything was in place
 * @param deadline when the restore goes back by itself
 */
record Hold(Instant since, Instant deadline) {
  /** The longest that anybody may wait. */
  static final Duration LONGEST = Duration.ofHours(24);

  // Time servers correct clocks by less.
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  Hold {
    if (!deadline.isAfter(since) || deadline.isAfter(since.plus(LONGEST))) {
      throw new IllegalArgumentException("held from " + since + " to " + deadline);
    }
  }

  boolean isOver(Instant now) {
    return !now.isBefore(deadline) || now.isBefore(since.minus(CLOCK_TOLERANCE));
  }
}
