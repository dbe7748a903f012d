package org.tacvault.server.api.destination;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.retention.DefaultRetention;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.Success;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.Caller;

/** Where archives go: added, shown, changed, tested, deleted. */
@RestController
@Tag(name = "Destinations")
@RequestMapping(ApiPaths.BACKUP + "/destinations")
class DestinationsController {
  private static final Logger LOG = LoggerFactory.getLogger(DestinationsController.class);
  private static final String CHANGEABLE = "name, type, enabled, config, retention_days";

  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final InstantSource clock;

  DestinationsController(BackupEngine engine, DestinationLookup lookup, InstantSource clock) {
    this.engine = engine;
    this.lookup = lookup;
    this.clock = clock;
  }

  /** Adds a destination, after a connection test. */
  @PostMapping
  @Operation(
      operationId = "createDestination",
      summary = "Add a destination, after a connection test")
  DestinationViews.Added add(
      @RequestBody @Valid DestinationRequests.New wish, Principal principal) {
    NewDestination wished = wished(wish, Caller.of(principal).name());
    return DestinationViews.Added.of(tested(() -> engine.destinations().add(wished)));
  }

  @GetMapping
  @Operation(operationId = "listDestinations", summary = "List all destinations, secrets masked")
  DestinationViews.All list() {
    List<DestinationRecord> rows = engine.catalog().destinations().list();
    return new DestinationViews.All(
        rows.stream().map(row -> DestinationViews.Listed.of(row, masked(row))).toList());
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getDestination", summary = "Show a destination, secrets masked")
  DestinationViews.Detail get(@PathVariable String id) {
    DestinationRecord row = lookup.get(id);
    return DestinationViews.Detail.of(row, masked(row));
  }

  /** Changes what is sent; a new configuration is tested first. */
  @PutMapping("/{id}")
  @Operation(
      operationId = "updateDestination",
      summary = "Change a destination; a new configuration is tested first")
  Success change(@PathVariable String id, @RequestBody @Valid DestinationRequests.Change wish) {
    DestinationRecord row = lookup.get(id);
    Map<String, Object> unknown = wish.unknown();
    if (unknown != null && !unknown.isEmpty()) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          "Unknown fields: " + String.join(", ", unknown.keySet()),
          "allowed are: " + CHANGEABLE);
    }
    tested(() -> engine.destinations().change(row.id(), change(wish)));
    return Success.DONE;
  }

  /** Deletes a destination to which no execution refers, and its jobs; archives stay. */
  @DeleteMapping("/{id}")
  @Operation(
      operationId = "deleteDestination",
      summary = "Delete a destination to which no execution refers")
  Success delete(@PathVariable String id) {
    DestinationRecord row = lookup.get(id);
    try {
      engine
          .removeDestination(row.id())
          .forEach(
              job -> LOG.warn("Job '{}' went with its destination '{}'", job.id(), row.name()));
      return Success.DONE;
    } catch (EngineException e) {
      // What the Python server answers; others are clashes of names.
      throw e.kind() == ErrorKind.CONFLICT
          ? new ApiException(HttpStatus.BAD_REQUEST, e.reason(), e.hint().orElse(null))
          : e;
    }
  }

  /** Tests the connection of a stored destination. */
  @PostMapping("/{id}/test")
  @Operation(operationId = "testDestination", summary = "Test the connection of a destination")
  DestinationViews.Tested test(@PathVariable String id) {
    DestinationRecord row = lookup.get(id);
    try {
      return DestinationViews.Tested.of(
          row.type(), engine.destinations().test(row.id()), clock.instant());
    } catch (EngineException e) {
      return DestinationViews.Tested.of(e, clock.instant());
    }
  }

  /** Tests a connection that need not be stored. */
  @PostMapping("/test")
  @Operation(
      operationId = "testUnsavedDestination",
      summary = "Test a connection that is not stored")
  DestinationViews.Tested test(@RequestBody @Valid DestinationRequests.Trial trial) {
    String stored = trial.destinationId();
    ConnectionReport report =
        stored == null
            ? engine.destinations().test(trial.type(), trial.config())
            : engine.destinations().test(lookup.get(stored).id(), trial.type(), trial.config());
    return DestinationViews.Tested.of(trial.type(), report, clock.instant());
  }

  private NewDestination wished(DestinationRequests.New wish, String createdBy) {
    Integer days = wish.retentionDays();
    return days == null
        ? DefaultRetention.destination(
            engine.getBackupConfig(),
            wish.name(),
            wish.type(),
            wish.config(),
            clock.instant(),
            createdBy)
        : NewDestination.keepingDays(
            wish.name(), wish.type(), wish.config(), days, clock.instant(), createdBy);
  }

  private static DestinationChange change(DestinationRequests.Change wish) {
    return new DestinationChange(
        wish.name(), wish.type(), wish.enabled(), wish.config(), wish.retentionDays(), null, null);
  }

  /** A test that fails says that the request was no good, whatever the reason. */
  private static DestinationRecord tested(Supplier<DestinationRecord> work) {
    try {
      return work.get();
    } catch (EngineException e) {
      throw ConnectionReport.caused(e)
          ? new ApiException(HttpStatus.BAD_REQUEST, e.reason(), e.hint().orElse(null))
          : e;
    }
  }

  private Map<String, Object> masked(DestinationRecord row) {
    return engine.catalog().destinations().masked(row);
  }
}
