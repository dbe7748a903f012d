package org.tacvault.server.api.execution;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.server.api.ApiPaths;

/** What was run, and what is running. */
@RestController
@Tag(name = "Executions")
@RequestMapping(ApiPaths.BACKUP + "/executions")
class ExecutionsController {
  private static final int MOST = 10_000;
  private static final String DEFAULT_LIMIT = "100";

  private final BackupEngine engine;
  private final Executions executions;

  ExecutionsController(BackupEngine engine, Executions executions) {
    this.engine = engine;
    this.executions = executions;
  }

  /**
   * A part of the list, newest first.
   *
   * @param total how many there are in all
   */
  record Page(List<ExecutionView> executions, int limit, int offset, long total) {}

  /** The answer to a cancellation, which takes effect at the next safe place. */
  record Cancelling(boolean success, String status) {}

  /** Lists backups, unless another {@code kind}, or {@code all}, is asked for. */
  @GetMapping
  @Operation(
      operationId = "listExecutions",
      summary = "List executions, newest first; backups unless asked otherwise")
  Page list(
      @RequestParam(defaultValue = DEFAULT_LIMIT) @Min(1) @Max(MOST) Integer limit,
      @RequestParam(defaultValue = "0") @Min(0) Integer offset,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(name = "destination_id", required = false) @Nullable String destinationId) {
    ExecutionFilter filter =
        new ExecutionFilter(
            Choices.kind(kind), Choices.status(status), destinationId, limit, offset);
    List<ExecutionView> page =
        engine.catalog().list(filter).stream().map(ExecutionView::of).toList();
    return new Page(page, limit, offset, engine.catalog().count(filter));
  }

  @GetMapping("/{id}")
  @Operation(
      operationId = "getExecution",
      summary = "Show an execution, with its manifest and progress")
  ExecutionDetail get(@PathVariable String id) {
    Execution execution = executions.get(id);
    return ExecutionDetail.of(execution, executions.progress(execution).orElse(null));
  }

  /** Stops a run; what it had begun is undone, as for every failure. */
  @DeleteMapping("/{id}")
  @Operation(operationId = "cancelExecution", summary = "Cancel a run at the next safe place")
  ResponseEntity<Cancelling> cancel(@PathVariable String id) {
    executions.cancel(id);
    return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Cancelling(true, "cancelling"));
  }
}
