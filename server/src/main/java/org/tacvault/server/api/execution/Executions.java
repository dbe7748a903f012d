package org.tacvault.server.api.execution;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.run.Progress;
import org.tacvault.server.run.RunExecutor;

/** Runs, those that are under way and those that have ended. */
@Component
public final class Executions {
  private final BackupEngine engine;
  private final RunExecutor runs;

  Executions(BackupEngine engine, RunExecutor runs) {
    this.engine = engine;
    this.runs = runs;
  }

  /** The execution of that id; {@code 404} when there is none. */
  public Execution get(String id) {
    return engine
        .catalog()
        .find(id)
        .orElseThrow(() -> ApiException.notFound("Execution not found"));
  }

  /** How far it is; a run that has ended may stay in memory for a moment. */
  public Optional<Progress> progress(Execution execution) {
    return execution.status() == ExecutionStatus.RUNNING
        ? runs.progress(execution.id())
        : Optional.empty();
  }

  /** Cancels a run at the next safe place; {@code 409} when it does not run in this process. */
  public void cancel(String id) {
    Execution execution = get(id);
    if (!runs.cancel(id)) {
      throw cannotCancel(execution);
    }
  }

  private static ApiException cannotCancel(Execution execution) {
    return execution.status() == ExecutionStatus.RUNNING
        ? new ApiException(
            HttpStatus.CONFLICT,
            "Execution runs in another process: " + execution.request().owner(),
            "stop it where it was started")
        : new ApiException(
            HttpStatus.CONFLICT, "Execution has ended: " + execution.status().id(), null);
  }
}
