package org.tacvault.server.observe;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the schedule tells monitoring; without one there is nothing to tell. */
@FunctionalInterface
public interface ScheduledJobs {
  /** All jobs that may run by themselves. */
  List<Job> jobs();

  /**
   * A job.
   *
   * @param destination name of the destination
   * @param nextRun null when it is paused or runs only by hand
   * @param overdue whether a run should have been by now and was not
   */
  record Job(String name, String destination, @Nullable Instant nextRun, boolean overdue) {}
}
