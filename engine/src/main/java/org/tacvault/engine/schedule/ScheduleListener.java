package org.tacvault.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/** Hears what the scheduler does; does nothing unless overridden. Called from several threads. */
public interface ScheduleListener {
  /** Hears nothing. */
  ScheduleListener NONE = new ScheduleListener() {};

  /** A run has begun. */
  default void started(Job job, String executionId) {}

  /**
   * A run that was due has ended.
   *
   * @param job with its history as it is now
   * @param next when it runs next by itself
   */
  default void ended(Job job, Optional<Instant> next) {}

  /** Something that an administrator may want to find in a log. */
  default void note(String sentence) {}

  /** The jobs cannot be read or written; none runs until {@link #available}. */
  default void unavailable(String reason) {}

  /** Jobs run. */
  default void available() {}
}
