package org.tacvault.server.schedule;

import java.time.Duration;
import java.time.Instant;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobStatus;

/** Which jobs should have run and have not. */
public final class LateJobs {
  /** A job that is late by less may just be waiting for another one. */
  public static final Duration GRACE = Duration.ofMinutes(5);

  private LateJobs() {}

  /** Whether it is scheduled, not running, and was due more than {@link #GRACE} ago. */
  public static boolean isLate(Job job, Instant now) {
    Instant due = job.nextRun();
    return job.status() == JobStatus.SCHEDULED
        && due != null
        && !job.running()
        && due.plus(GRACE).isBefore(now);
  }
}
