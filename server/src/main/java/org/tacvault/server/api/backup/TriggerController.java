package org.tacvault.server.api.backup;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.Caller;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.run.BackupRuns;
import org.tacvault.server.run.StartedRun;

/** Backups on demand. */
@RestController
class TriggerController {
  private static final int MAX_COMMENT = 4_096;
  private static final Wish ANY = new Wish(null, null);

  private final DestinationLookup destinations;
  private final BackupRuns backups;

  TriggerController(DestinationLookup destinations, BackupRuns backups) {
    this.destinations = destinations;
    this.backups = backups;
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
  Started trigger(
      @RequestBody(required = false) @Valid @Nullable Wish body, @Nullable Principal principal) {
    Wish wish = body == null ? ANY : body;
    DestinationRecord destination = destinations.getOrOnly(wish.destinationId());
    StartedRun<Execution> run =
        backups.start(
            destination, BackupType.MANUAL, Caller.of(principal).triggeredBy(), wish.comment());
    return new Started(run.executionId(), "started", "Backup job started in background");
  }
}
