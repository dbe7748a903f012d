package org.tacvault.engine.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Runs the stored jobs of one home at their times while it is started. When the jobs cannot be read
 * or written it says so, and goes on as soon as they can.
 */
public final class BackupScheduler implements AutoCloseable {
  private final Setup setup;
  private final ScheduleListener listener;
  private final InstantSource clock;
  private final SchedulerTiming timing;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "schedule-watch"));
  private final Object looking = new Object();
  private volatile @Nullable RunningJobs running;
  private volatile @Nullable String trouble = "it has not been started";
  private boolean stopped;

  /** What the scheduler needs of the rest of the engine, found anew until it can be had. */
  public interface Setup {
    /** Opens the jobs for running; says what there was to do for that. */
    JobRuns open(ScheduleListener listener);

    /** What holds for jobs that do not say otherwise, as it is configured now. */
    JobRules rules();

    /** Names this process. */
    String owner();
  }

  public BackupScheduler(
      Setup setup, ScheduleListener listener, InstantSource clock, SchedulerTiming timing) {
    this.setup = setup;
    this.listener = listener;
    this.clock = clock;
    this.timing = timing;
  }

  /** Begins to run jobs; returns also when they cannot be read yet. */
  public void start() {
    look();
    watch.scheduleWithFixedDelay(
        this::look, timing.watch().toMillis(), timing.watch().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether jobs run at their times, as far as was seen at the last look. */
  public boolean isRunning() {
    return unavailable().isEmpty();
  }

  /** Why jobs do not run, if they do not. */
  public Optional<String> unavailable() {
    RunningJobs now = running;
    if (trouble == null && now != null && !now.isAlive()) {
      return Optional.of("the scheduler does not look for due jobs any more");
    }
    return Optional.ofNullable(trouble);
  }

  /** Looks now whether the jobs can be written; see {@link #unavailable}. */
  public void look() {
    synchronized (looking) {
      if (stopped) {
        return;
      }
      try {
        RunningJobs now = running;
        if (now == null) {
          running = RunningJobs.start(setup, listener, clock, timing);
        } else {
          now.look();
        }
        trouble(null);
      } catch (EngineException e) {
        trouble(e.getMessage() + e.hint().map(hint -> " (" + hint + ")").orElse(""));
      } catch (RuntimeException e) {
        trouble(String.valueOf(e));
      }
    }
  }

  /** The jobs; {@code UNREACHABLE} when they cannot be used. */
  public Jobs jobs() {
    return available().jobs();
  }

  /**
   * Runs a job now, in the background; returns the id of its execution when that is recorded.
   *
   * @param by who wants it, for example {@code manual:admin}
   * @throws EngineException {@code NOT_FOUND} for an unknown job, {@code UNREACHABLE} when the jobs
   *     cannot be used, and whatever keeps the run from beginning
   */
  public String trigger(String jobId, String by) {
    RunningJobs now = available();
    return now.trigger(now.jobs().get(jobId), Trigger.person(by));
  }

  /**
   * Begins no new runs, lets those that are going on end for {@code patience}, cancels the rest,
   * and returns when they have ended.
   */
  public void stop(Duration patience) {
    watch.shutdown();
    RunningJobs last;
    synchronized (looking) {
      stopped = true;
      last = running;
      running = null;
      trouble = "it is stopping";
    }
    if (last != null) {
      last.stop(patience);
    }
  }

  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private RunningJobs available() {
    RunningJobs now = running;
    String reason = trouble;
    if (now == null || reason != null) {
      throw new EngineException(
              ErrorKind.UNREACHABLE, "use the scheduler", "of this home", "Scheduler unavailable")
          .withHint(String.valueOf(reason));
    }
    return now;
  }

  private void trouble(@Nullable String reason) {
    String before = trouble;
    trouble = reason;
    if (reason != null && !reason.equals(before)) {
      listener.unavailable(reason);
    } else if (reason == null && before != null) {
      listener.available();
    }
  }
}
