package org.tacvault.server.api.schedule;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.schedule.BackupScheduler;
import org.tacvault.engine.schedule.JobTask;
import org.tacvault.engine.schedule.Jobs;
import org.tacvault.engine.schedule.NewJob;
import org.tacvault.engine.schedule.Schedule;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.Caller;

/** Jobs. What is wanted comes as a query, as a form or as JSON; without a scheduler it is 503. */
@RestController
@RequestMapping({ApiPaths.BACKUP + "/schedule", ApiPaths.BACKUP + "/schedules"})
class ScheduleController {
  private static final int PREVIEWED_RUNS = 5;
  private static final String NOT_JSON = "!" + MediaType.APPLICATION_JSON_VALUE;
  private static final String QUERY = "query";
  private static final String BODY = "body";

  private final BackupScheduler scheduler;
  private final DestinationLookup destinations;
  private final InstantSource clock;

  ScheduleController(
      BackupScheduler scheduler, DestinationLookup destinations, InstantSource clock) {
    this.scheduler = scheduler;
    this.destinations = destinations;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "listJobs", summary = "List jobs, those of the system too")
  ScheduleViews.All list() {
    return new ScheduleViews.All(
        jobs().list().stream().map(ScheduleViews.Listed::of).toList(), scheduler.isRunning());
  }

  /** Stores a job in the place of one of its name. */
  @PostMapping(consumes = NOT_JSON)
  @Operation(
      operationId = "createJob",
      summary = "Store a job, in the place of one of its name",
      description = "The same fields as a query or as a form")
  ScheduleViews.Added add(HttpServletRequest request, Principal principal) {
    return add(ScheduleWish.of(request).complete(QUERY), principal);
  }

  /** The same in JSON; with an empty body it is the query that counts. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "createJobByJson",
      summary = "Store a job, in the place of one of its name",
      description = "The fields also come as a query or as a form")
  ScheduleViews.Added add(
      @RequestBody(required = false) @Nullable ScheduleWish body,
      HttpServletRequest request,
      Principal principal) {
    return body == null ? add(request, principal) : add(body.complete(BODY), principal);
  }

  /** The words and the next five runs of a schedule that need not be stored. */
  @PostMapping(path = "/preview", consumes = NOT_JSON)
  @Operation(
      operationId = "previewSchedule",
      summary = "The words and the next five runs of a schedule")
  ScheduleViews.Previewed preview(HttpServletRequest request) {
    return preview(ScheduleWish.of(request), QUERY);
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "previewScheduleByJson",
      summary = "The words and the next five runs of a schedule")
  ScheduleViews.Previewed preview(
      @RequestBody(required = false) @Nullable ScheduleWish body, HttpServletRequest request) {
    return body == null ? preview(request) : preview(body, BODY);
  }

  @DeleteMapping("/{id}")
  @Operation(operationId = "deleteJob", summary = "Forget a job; its backups stay")
  ScheduleViews.Changed delete(@PathVariable String id) {
    known(() -> jobs().remove(id));
    return new ScheduleViews.Changed(true, null);
  }

  @PostMapping("/{id}/pause")
  @Operation(operationId = "pauseJob", summary = "Keep a job from running until it is resumed")
  ScheduleViews.Changed pause(@PathVariable String id) {
    known(() -> jobs().pause(id));
    return new ScheduleViews.Changed(true, "paused");
  }

  @PostMapping("/{id}/resume")
  @Operation(operationId = "resumeJob", summary = "Let a paused job run again")
  ScheduleViews.Changed resume(@PathVariable String id) {
    known(() -> jobs().resume(id));
    return new ScheduleViews.Changed(true, "running");
  }

  /** Runs a job now; the execution exists when this answers. */
  @PostMapping("/{id}/trigger")
  @Operation(operationId = "triggerJob", summary = "Run a job now")
  ScheduleViews.Triggered trigger(@PathVariable String id, Principal principal) {
    known(() -> jobs().get(id));
    String execution = scheduler.trigger(id, Caller.of(principal).triggeredBy());
    return new ScheduleViews.Triggered(execution, "triggered", "Job triggered manually");
  }

  private ScheduleViews.Added add(ScheduleWish wish, Principal principal) {
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
            Caller.of(principal).name(),
            clock.instant());
    return ScheduleViews.Added.of(jobs.add(job));
  }

  private ScheduleViews.Previewed preview(ScheduleWish wish, String place) {
    Schedule schedule = schedule(wish.completeSchedule(place));
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
