package org.tacvault.server.api.execution;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.tacvault.engine.BackupEngine;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.error.ApiException;

/** Executions to follow as they go on. */
@RestController
@Tag(name = "Executions")
class EventsController {
  private final BackupEngine engine;
  private final EventStreams streams;

  EventsController(BackupEngine engine, EventStreams streams) {
    this.engine = engine;
    this.streams = streams;
  }

  /**
   * Server-sent events: {@code stage} when another begins and {@code progress} as bytes are done
   * (both carry the {@code progress} of the execution), {@code done} with the whole execution at
   * its end, after which the stream ends. Whoever comes late gets the present state first.
   */
  @GetMapping(
      path = ApiPaths.BACKUP + "/executions/{id}/events",
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(operationId = "followExecution", summary = "Follow a run by server-sent events")
  SseEmitter follow(@PathVariable String id) {
    if (engine.catalog().find(id).isEmpty()) {
      throw ApiException.notFound("Execution not found");
    }
    return streams
        .open(id)
        .orElseThrow(
            () ->
                new ApiException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Too many streams are open",
                    "ask again later"));
  }
}
