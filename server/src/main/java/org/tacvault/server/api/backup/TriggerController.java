package org.tacvault.server.api.backup;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.repeat.Repeats;
import org.tacvault.server.run.BackupRuns;
import org.tacvault.server.run.StartedRun;
import org.tacvault.server.security.Caller;

/** Backups on demand. */
@RestController
@Tag(name = "Backups")
class TriggerController {
  private static final int MAX_COMMENT = 4_096;
  private static final Wish ANY = new Wish(null, null);

  private final DestinationLookup destinations;
  private final BackupRuns backups;
  private final Repeats repeats;

  TriggerController(DestinationLookup destinations, BackupRuns backups, Repeats repeats) {
    this.destinations = destinations;
    this.backups = backups;
    this.repeats = repeats;
  }

  /**
   * A backup that somebody wants.
   *
   * @param destinationId id or name; the only enabled one when absent
   * @param comment kept in the execution and in the manifest
   */
  record Wish(@Nullable String destinationId, @Size(max = MAX_COMMENT) @Nullable String comment) {}

  /** The execution to follow. */
  record Started(String executionId, String status, String message) {}

  /** Starts a backup; the execution exists when this answers. */
  @PostMapping(ApiPaths.BACKUP + "/trigger")
  @Operation(operationId = "triggerBackup", summary = "Start a backup")
  @ApiResponse(
      responseCode = "200",
      description = "Done, or started",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Started.class)))
  ResponseEntity<Object> trigger(
      @RequestBody(required = false) @Valid @Nullable Wish body,
      @RequestHeader(name = Repeats.HEADER, required = false) @Nullable String key,
      Principal principal) {
    Wish wish = body == null ? ANY : body;
    Caller caller = Caller.of(principal);
    return repeats.once(
        key, "trigger", caller, wish, began -> start(wish, caller.triggeredBy(), began));
  }

  private Started start(Wish wish, String triggeredBy, Consumer<String> began) {
    DestinationRecord destination = destinations.getOrOnly(wish.destinationId());
    StartedRun<Execution> run =
        backups.start(destination, BackupType.MANUAL, triggeredBy, wish.comment());
    began.accept(run.executionId());
    return new Started(run.executionId(), "started", "Backup job started in background");
  }
}
