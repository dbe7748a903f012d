package org.tacvault.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.host.CommandResult;

/**
 * What became of a TACACS+ server whose old content was put back later: by the next start after a
 * kill, or because a restore was not kept.
 *
 * @param commands what was run
 * @param failure why the server is not known to be up again; it has to be started by hand
 */
public record ServerRecovery(List<CommandResult> commands, Optional<String> failure) {
  /** Nothing had to be run. */
  public static final ServerRecovery NONE = new ServerRecovery(List.of(), Optional.empty());

  public ServerRecovery {
    commands = List.copyOf(commands);
  }

  /**
   * Brings the server of {@code journal} up with what has been put back, if commands took part in
   * its restore.
   *
   * @param controls see {@link Recovery#run}
   */
  static ServerRecovery run(
      RestoreJournal journal, Function<String, ServerControl> controls, ServerOperation operation) {
    if (!journal.serverControlled()) {
      return NONE;
    }
    try {
      return run(controls.apply(journal.executionId()), operation);
    } catch (EngineException e) {
      // The old configuration may be what the restore was to mend.
      return new ServerRecovery(List.of(), Optional.of(e.getMessage()));
    }
  }

  /**
   * The server is stopped before it is started: it may run with the new content, or somebody may
   * have started it with half of it. That it cannot be stopped is no obstacle; it may be down.
   */
  private static ServerRecovery run(ServerControl control, ServerOperation operation) {
    if (!control.bringsUp() && (control.stops() || !control.isUsed())) {
      return new ServerRecovery(List.of(), Optional.of("no command is configured that starts it"));
    }
    attempt(() -> control.stop(operation));
    Optional<String> failure = attempt(() -> control.start(operation));
    return new ServerRecovery(control.results(), failure);
  }

  /** What has to be added to a sentence that tells of the files alone; often nothing. */
  public String remark() {
    return failure.map(why -> ", but the TACACS+ server is not known to be up: " + why).orElse("");
  }

  private static Optional<String> attempt(Runnable step) {
    try {
      step.run();
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(e.getMessage());
    }
  }
}
