package org.tacvault.engine.schedule;

import java.time.Duration;

/**
 * How often the scheduler looks.
 *
 * @param poll for due jobs
 * @param heartbeat of a running job; after four missed ones its process counts as dead
 * @param watch whether the jobs can still be written, and whether all is in order
 */
public record SchedulerTiming(Duration poll, Duration heartbeat, Duration watch) {
  /** A job begins within a second; a killed one is found within half a minute of the next start. */
  public static final SchedulerTiming DEFAULT =
      new SchedulerTiming(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));

  static final int MISSED_HEARTBEATS = 4;
}
