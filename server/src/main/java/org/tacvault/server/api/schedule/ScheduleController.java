package org.tacvault.server.api.schedule;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.security.Caller;

/** Jobs. What is wanted comes as a query, as a form or as JSON; without a scheduler it is 503. */
@RestController
@RequestMapping({ApiPaths.BACKUP + "/schedule", ApiPaths.BACKUP + "/schedules"})
class ScheduleController {
  private static final String NOT_JSON = "!" + MediaType.APPLICATION_JSON_VALUE;
  private static final String QUERY = "query";
  private static final String BODY = "body";

  private final ScheduledJobs jobs;

  ScheduleController(ScheduledJobs jobs) {
    this.jobs = jobs;
  }

  @GetMapping
  @Operation(operationId = "listJobs", summary = "List jobs, those of the system too")
  ScheduleViews.All list() {
    return new ScheduleViews.All(
        jobs.list().stream().map(ScheduleViews.Listed::of).toList(), jobs.isRunning());
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
    return jobs.preview(ScheduleWish.of(request).completeSchedule(QUERY));
  }

  @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "previewScheduleByJson",
      summary = "The words and the next five runs of a schedule")
  ScheduleViews.Previewed preview(
      @RequestBody(required = false) @Nullable ScheduleWish body, HttpServletRequest request) {
    return body == null ? preview(request) : jobs.preview(body.completeSchedule(BODY));
  }

  @DeleteMapping("/{id}")
  @Operation(operationId = "deleteJob", summary = "Forget a job; its backups stay")
  ScheduleViews.Changed delete(@PathVariable String id) {
    jobs.remove(id);
    return new ScheduleViews.Changed(true, null);
  }

  @PostMapping("/{id}/pause")
  @Operation(operationId = "pauseJob", summary = "Keep a job from running until it is resumed")
  ScheduleViews.Changed pause(@PathVariable String id) {
    jobs.pause(id);
    return new ScheduleViews.Changed(true, "paused");
  }

  @PostMapping("/{id}/resume")
  @Operation(operationId = "resumeJob", summary = "Let a paused job run again")
  ScheduleViews.Changed resume(@PathVariable String id) {
    jobs.resume(id);
    return new ScheduleViews.Changed(true, "running");
  }

  /** Runs a job now; the execution exists when this answers. */
  @PostMapping("/{id}/trigger")
  @Operation(operationId = "triggerJob", summary = "Run a job now")
  ScheduleViews.Triggered trigger(@PathVariable String id, Principal principal) {
    String execution = jobs.trigger(id, Caller.of(principal).triggeredBy());
    return new ScheduleViews.Triggered(execution, "triggered", "Job triggered manually");
  }

  private ScheduleViews.Added add(ScheduleWish wish, Principal principal) {
    return ScheduleViews.Added.of(jobs.add(wish, Caller.of(principal).name()));
  }
}
