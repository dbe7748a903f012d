package org.tacvault.engine.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Decides about runs whose time passed while nobody was there to run them. */
final class MissedRuns {
  private final Jobs jobs;
  private final JobRules rules;
  private final ScheduleListener listener;
  private final InstantSource clock;

  MissedRuns(Jobs jobs, JobRules rules, ScheduleListener listener, InstantSource clock) {
    this.jobs = jobs;
    this.rules = rules;
    this.listener = listener;
    this.clock = clock;
  }

  /** Leaves those that are made up for where they are: being due, they run once. */
  void settle() {
    Instant now = clock.instant();
    for (Job job : jobs.store().list()) {
      Instant due = job.nextRun();
      if (due != null && due.isBefore(now) && !job.running()) {
        settle(job, due);
      }
    }
  }

  private void settle(Job job, Instant due) {
    String missed =
        "Job '%s' was due at %s".formatted(job.id(), due.truncatedTo(ChronoUnit.SECONDS));
    if (rules.catchesUp(job)) {
      listener.note(missed + ": it runs now, once");
    } else {
      jobs.skip(job);
      listener.note(missed + ": it was left out");
    }
  }
}
