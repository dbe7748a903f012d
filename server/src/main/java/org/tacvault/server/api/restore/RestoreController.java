package org.tacvault.server.api.restore;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.repeat.Repeats;
import org.tacvault.server.run.StartedRun;
import org.tacvault.server.security.Caller;

/** Brings backups back. */
@RestController
@Tag(name = "Restore")
@RequestMapping(ApiPaths.BACKUP)
class RestoreController {
  private final BackupEngine engine;
  private final Restores restores;
  private final Repeats repeats;

  RestoreController(BackupEngine engine, Restores restores, Repeats repeats) {
    this.engine = engine;
    this.restores = restores;
    this.repeats = repeats;
  }

  /** Restores, all or nothing, after saving what is live; answers when it is done, or at once. */
  @PostMapping({"/restore", "/backups/restore"})
  @Operation(operationId = "restoreBackup", summary = "Restore a backup, all or nothing")
  @ApiResponse(
      responseCode = "200",
      description = "Done, or started",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(oneOf = {RestoreViews.Restored.class, RestoreViews.Started.class})))
  ResponseEntity<Object> restore(
      @RequestBody @Valid RestoreWish wish,
      @RequestHeader(name = Repeats.HEADER, required = false) @Nullable String key,
      Principal principal) {
    RestoreChoices.requireConfirmed(wish.isConfirmed());
    Caller caller = Caller.of(principal);
    return repeats.once(
        key,
        "restore",
        caller,
        wish,
        began -> {
          StartedRun<RestoreViews.Restored> run = restores.start(wish, caller.triggeredBy());
          began.accept(run.executionId());
          return wish.isAsync() ? RestoreViews.Started.of(run.executionId()) : run.await();
        });
  }

  /** Says what a restore would change; {@code confirm} is not needed. */
  @PostMapping("/restore/preview")
  @Operation(operationId = "previewRestore", summary = "Say what a restore would change")
  RestoreViews.Preview preview(@RequestBody @Valid RestoreWish wish, Principal principal) {
    return restores.preview(wish, Caller.of(principal).triggeredBy());
  }

  /** Says which restore waits to be kept, if any. */
  @GetMapping("/restore/held")
  @Operation(operationId = "getHeldRestore", summary = "Say which restore waits to be kept")
  RestoreViews.Waiting held() {
    return new RestoreViews.Waiting(
        engine.heldRestores().find().map(RestoreViews.Held::of).orElse(null));
  }

  /** Keeps the restore that waits. */
  @PostMapping("/restore/keep")
  @Operation(operationId = "keepRestore", summary = "Keep the restore that waits")
  RestoreViews.Kept keep(Principal principal) {
    String by = Caller.of(principal).triggeredBy();
    return new RestoreViews.Kept(true, RestoreViews.Held.of(engine.heldRestores().keep(by)));
  }

  /** Takes the last restore back: the one that waits, else by its emergency backup. */
  @PostMapping("/restore/undo")
  @Operation(operationId = "undoRestore", summary = "Take the last restore back")
  @ApiResponse(
      responseCode = "200",
      description = "Done, or started",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(oneOf = {RestoreViews.Restored.class, RestoreViews.WentBack.class})))
  Object undo(@RequestBody @Valid UndoWish wish, Principal principal) {
    RestoreChoices.requireConfirmed(wish.isConfirmed());
    String by = Caller.of(principal).triggeredBy();
    Optional<Recovery.Report> back = engine.heldRestores().goBack(by);
    return back.isPresent()
        ? RestoreViews.WentBack.of(back.get())
        : restores.startUndo(wish, by).await();
  }
}
