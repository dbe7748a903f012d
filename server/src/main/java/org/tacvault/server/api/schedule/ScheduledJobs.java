package org.tacvault.server.api.schedule;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.Job;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.Jobs;
import org.tacvault.engine.schedule.NewJob;
import org.tacvault.engine.schedule.Schedule;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.error.ApiException;

/** The stored jobs; without a scheduler every use of them is 503. */
@Component
public final class ScheduledJobs {
  private static final int PREVIEWED_RUNS = 5;

  private final BackupScheduler scheduler;
  private final DestinationLookup destinations;
  private final InstantSource clock;

  ScheduledJobs(BackupScheduler scheduler, DestinationLookup destinations, InstantSource clock) {
    this.scheduler = scheduler;
    this.destinations = destinations;
    this.clock = clock;
  }

  /** Whether jobs are run at their times. */
  public boolean isRunning() {
    return scheduler.isRunning();
  }

  public List<Job> list() {
    return jobs().list();
  }

  /** The job of that name; {@code 404} when there is none. */
  public Job get(String id) {
    return known(() -> jobs().get(id));
  }

  /** Forgets a job; its backups stay. */
  public void remove(String id) {
    known(() -> jobs().remove(id));
  }

  /** Keeps a job from running until it is resumed. */
  public void pause(String id) {
    known(() -> jobs().pause(id));
  }

  public void resume(String id) {
    known(() -> jobs().resume(id));
  }

  /** Runs a job now; returns its execution. */
  public String trigger(String id, String by) {
    get(id);
    return scheduler.trigger(id, by);
  }

  /** Stores a job in the place of one of its name. */
  public Job add(ScheduleWish wish, String createdBy) {
    Jobs jobs = jobs();
    DestinationRecord destination = destinations.get(String.valueOf(wish.destinationId()));
    Schedule schedule = schedule(wish);
    String name = wish.jobName();
    NewJob job =
        new NewJob(
            name == null || name.isEmpty()
                ? "backup_%s_%s".formatted(destination.id(), schedule.type())
                : name,
            JobTask.BACKUP,
            schedule,
            destination.id(),
            wish.comment(),
            wish.retries(),
            wish.catchUp(),
            createdBy,
            clock.instant());
    return jobs.add(job);
  }

  /** The words and the next five runs of a schedule that need not be stored. */
  public ScheduleViews.Previewed preview(ScheduleWish wish) {
    Schedule schedule = schedule(wish);
    return new ScheduleViews.Previewed(
        schedule.type(),
        schedule.value(),
        schedule.zoneName(),
        schedule.words(),
        schedule.preview(PREVIEWED_RUNS, clock.instant()));
  }

  private static Schedule schedule(ScheduleWish wish) {
    try {
      return Schedule.parse(wish.type(), wish.value(), Schedule.zone(wish.zone()));
    } catch (EngineException e) {
      throw new ApiException(HttpStatus.BAD_REQUEST, e.reason(), e.hint().orElse(null));
    }
  }

  private Jobs jobs() {
    try {
      return scheduler.jobs();
    } catch (EngineException e) {
      throw e.kind() == ErrorKind.UNREACHABLE
          ? new ApiException(HttpStatus.SERVICE_UNAVAILABLE, e.reason(), e.hint().orElse(null))
          : e;
    }
  }

  private static <T> T known(Supplier<T> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw e.kind() == ErrorKind.NOT_FOUND ? ApiException.notFound("Job not found") : e;
    }
  }
}
