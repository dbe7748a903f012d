package org.tacvault.server.api.destination;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.server.api.ApiPaths;
import org.tacvault.server.api.DestinationLookup;
import org.tacvault.server.api.Success;
import org.tacvault.server.security.Caller;

/** Where archives go: added, shown, changed, tested, deleted. */
@RestController
@Tag(name = "Destinations")
@RequestMapping(ApiPaths.BACKUP + "/destinations")
class DestinationsController {
  private final BackupEngine engine;
  private final DestinationLookup lookup;
  private final DestinationChanges changes;

  DestinationsController(
      BackupEngine engine, DestinationLookup lookup, DestinationChanges changes) {
    this.engine = engine;
    this.lookup = lookup;
    this.changes = changes;
  }

  /** Adds a destination, after a connection test. */
  @PostMapping
  @Operation(
      operationId = "createDestination",
      summary = "Add a destination, after a connection test")
  DestinationViews.Added add(
      @RequestBody @Valid DestinationRequests.New wish, Principal principal) {
    return DestinationViews.Added.of(changes.add(wish, Caller.of(principal).name()));
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
    changes.change(id, wish);
    return Success.DONE;
  }

  /** Deletes a destination to which no execution refers, and its jobs; archives stay. */
  @DeleteMapping("/{id}")
  @Operation(
      operationId = "deleteDestination",
      summary = "Delete a destination to which no execution refers")
  Success delete(@PathVariable String id) {
    changes.delete(id);
    return Success.DONE;
  }

  /** Tests the connection of a stored destination. */
  @PostMapping("/{id}/test")
  @Operation(operationId = "testDestination", summary = "Test the connection of a destination")
  DestinationViews.Tested test(@PathVariable String id) {
    return changes.test(id);
  }

  /** Tests a connection that need not be stored. */
  @PostMapping("/test")
  @Operation(
      operationId = "testUnsavedDestination",
      summary = "Test a connection that is not stored")
  DestinationViews.Tested test(@RequestBody @Valid DestinationRequests.Trial trial) {
    return changes.test(trial);
  }

  private Map<String, Object> masked(DestinationRecord row) {
    return engine.catalog().destinations().masked(row);
  }
}
