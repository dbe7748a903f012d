package org.tacvault.engine.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A started db-scheduler over the jobs, and the runs that people asked for. */
final class RunningJobs {
  /** As many as there are destinations to go to at one time, within reason. */
  private static final int THREADS = 4;

  /** What a cancelled backup gets to remove its files and to record what happened. */
  private static final Duration CLEANING = Duration.ofSeconds(10);

  private static final int LATE_LOOKS = 60;

  private final JobRuns runs;
  private final Scheduler scheduler;
  private final ExecutorService due;
  private final Triggers triggers;
  private final AtomicBoolean stopping;
  private final AtomicLong lastPoll;
  private final InstantSource clock;
  private final Duration latest;

  private RunningJobs(
      JobRuns runs,
      Scheduler scheduler,
      ExecutorService due,
      AtomicBoolean stopping,
      AtomicLong lastPoll,
      InstantSource clock,
      Duration latest) {
    this.runs = runs;
    this.scheduler = scheduler;
    this.due = due;
    this.triggers = new Triggers(runs);
    this.stopping = stopping;
    this.lastPoll = lastPoll;
    this.clock = clock;
    this.latest = latest;
  }

  static RunningJobs start(
      BackupScheduler.Setup setup,
      ScheduleListener listener,
      InstantSource clock,
      SchedulerTiming timing) {
    JobRuns runs = setup.open(listener);
    runs.jobs().store().touch(clock.instant());
    runs.jobs().mend();
    new MissedRuns(runs.jobs(), setup.rules(), listener, clock).settle();
    AtomicBoolean stopping = new AtomicBoolean();
    AtomicLong lastPoll = new AtomicLong(System.nanoTime());
    ExecutorService due = Executors.newFixedThreadPool(THREADS, Pools.named("job"));
    Scheduler scheduler =
        Scheduler.create(
                runs.jobs().database().dataSource(),
                new ScheduledRun(runs, setup::rules, listener, clock, stopping::get).task())
            .jdbcCustomization(new SqliteJdbcCustomization())
            .schedulerName(new SchedulerName.Fixed(setup.owner()))
            .clock(clock::instant)
            .threads(THREADS)
            .executorService(due)
            .pollingInterval(timing.poll())
            .heartbeatInterval(timing.heartbeat())
            .missedHeartbeatsLimit(SchedulerTiming.MISSED_HEARTBEATS)
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onSchedulerEvent(SchedulerEventType event) {
                    if (event == SchedulerEventType.RAN_EXECUTE_DUE) {
                      lastPoll.set(System.nanoTime());
                    }
                  }
                })
            .build();
    scheduler.start();
    return new RunningJobs(
        runs, scheduler, due, stopping, lastPoll, clock, timing.poll().multipliedBy(LATE_LOOKS));
  }

  Jobs jobs() {
    return runs.jobs();
  }

  /** Whether it looked for due jobs not long ago. */
  boolean isAlive() {
    return Duration.ofNanos(System.nanoTime() - lastPoll.get()).compareTo(latest) < 0;
  }

  /** Proves that jobs can be written, and mends what a killed process left half-done. */
  void look() {
    Instant now = clock.instant();
    jobs().store().touch(now);
    jobs().mend();
    // It waits by the wall clock: one that was set back would have it wait as long.
    scheduler.triggerCheckForDueExecutions();
  }

  String trigger(Job job, Trigger trigger) {
    return triggers.start(job, trigger);
  }

  void stop(Duration patience) {
    stopping.set(true);
    scheduler.pause();
    Pools.end(List.of(due, triggers.pool()), patience, CLEANING);
    scheduler.stop();
  }
}
