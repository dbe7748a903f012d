package org.tacvault.engine.schedule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tacvault.engine.catalog.StateDatabase;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * The stored jobs of one home, {@code data/backup_jobs.db}. Any number of processes may change
 * them; the service, which runs them, sees every change within a second.
 */
public final class Jobs {
  private static final String WHEN_LOST =
      "jobs must be added anew; archives, executions and destinations are kept elsewhere";

  /** Several times as long as a service takes to look again. */
  private static final Duration ATTENDED = Duration.ofMinutes(3);

  private static final String IMPORTED = "imported_python_jobs";

  private final JobStore store;
  private final Agenda agenda;
  private final StateDatabase database;
  private final InstantSource clock;

  private Jobs(StateDatabase database, InstantSource clock) {
    this.database = database;
    this.store = new JobStore(database);
    this.agenda = new Agenda(database);
    this.clock = clock;
  }

  /** Opens the jobs in {@code file}; makes it (0600), and its tables, if there are none. */
  public static Jobs open(Path file, InstantSource clock) {
    Jobs jobs = new Jobs(new StateDatabase(file, "job store", WHEN_LOST), clock);
    jobs.store.prepare();
    return jobs;
  }

  /** Sorted by id. */
  public List<Job> list() {
    Instant now = clock.instant();
    return store.list().stream().map(job -> job.lookingAhead(now)).toList();
  }

  public Optional<Job> find(String id) {
    return store.find(id).map(job -> job.lookingAhead(clock.instant()));
  }

  /** {@link #find}; {@code NOT_FOUND} when there is none. */
  public Job get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new EngineException(ErrorKind.NOT_FOUND, "find job", "'" + id + "'", "no such job")
                    .withHint("list the jobs for their names: tacvault schedule list"));
  }

  /** Stores a job; one of that id is replaced and its history forgotten. */
  public Job add(NewJob job) {
    find(job.id()).ifPresent(Jobs::refuseSystem);
    return put(job, false);
  }

  /** Stores a job that users can pause and run, but neither replace nor remove; paused it stays. */
  public Job setSystemJob(NewJob job) {
    return put(job, find(job.id()).map(Job::paused).orElse(false));
  }

  /** Lets a job not run by itself until it is resumed; a run that is going on ends as usual. */
  public Job pause(String id) {
    Job job = get(id);
    store.setPaused(job.id(), true);
    agenda.strike(job.id());
    return get(id);
  }

  /** Lets a paused job run again, at its next time from now. */
  public Job resume(String id) {
    Job job = get(id);
    if (job.paused()) {
      store.setPaused(job.id(), false);
      store.find(id).ifPresent(this::plan);
    }
    return get(id);
  }

  /** Forgets a job; a run that is going on ends as usual. */
  public Job remove(String id) {
    Job job = get(id);
    refuseSystem(job);
    forget(job);
    return job;
  }

  /** Forgets the jobs of a destination that is gone, and returns them. */
  public List<Job> removeOf(String destinationId) {
    List<Job> gone =
        list().stream().filter(job -> destinationId.equals(job.destinationId())).toList();
    gone.forEach(this::forget);
    return gone;
  }

  /** Takes over the jobs of the Python server, once; returns what there is to say about it. */
  public List<String> importOnce(Path file, Predicate<String> destinationExists) {
    Instant now = clock.instant();
    if (!Files.exists(file) || store.knows(IMPORTED)) {
      return List.of();
    }
    PythonJobs found = PythonJobs.read(file, destinationExists, now);
    boolean done = store.putOnce(IMPORTED, now, found.jobs());
    mend();
    return done ? found.notes() : List.of();
  }

  /** Whether a service has been seen running the jobs of this home within the last minutes. */
  public boolean areAttended() {
    Instant since = clock.instant().minus(ATTENDED);
    return store.seen().filter(seen -> seen.isAfter(since)).isPresent();
  }

  /** Gives every job that lacks one its next run, and takes away runs that belong to none. */
  void mend() {
    for (Job job : store.list()) {
      if (job.nextRun() == null) {
        planIfStillMissing(job.id());
      }
    }
    store.strays().forEach(agenda::strike);
  }

  /** Moves a run that is due to the next time, as if it had happened. */
  void skip(Job job) {
    Instant now = clock.instant();
    Instant missed = job.nextRun() == null ? now : job.nextRun();
    job.nextAfter(missed, now).ifPresent(next -> agenda.enter(job.id(), next));
  }

  JobStore store() {
    return store;
  }

  StateDatabase database() {
    return database;
  }

  private Job put(NewJob job, boolean paused) {
    store.put(job, paused);
    store.find(job.id()).ifPresent(this::plan);
    return get(job.id());
  }

  private void plan(Job job) {
    Instant now = clock.instant();
    job.nextAfter(now, now)
        .ifPresentOrElse(next -> agenda.enter(job.id(), next), () -> agenda.strike(job.id()));
  }

  /** Somebody may be changing the job right now: what he enters stands. */
  private void planIfStillMissing(String id) {
    Instant now = clock.instant();
    store
        .find(id)
        .filter(job -> job.nextRun() == null)
        .flatMap(job -> job.nextAfter(now, now))
        .ifPresent(next -> agenda.enterIfAbsent(id, next));
  }

  private void forget(Job job) {
    store.delete(job.id());
    agenda.strike(job.id());
  }

  private static void refuseSystem(Job job) {
    if (job.task() != JobTask.BACKUP) {
      throw new EngineException(
              ErrorKind.CONFLICT, "change job", "'" + job.id() + "'", "it belongs to the system")
          .withHint("pause it, or set [backup] retention_time");
    }
  }
}
