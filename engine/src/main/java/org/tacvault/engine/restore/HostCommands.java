package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.config.HostCommand;
import org.tacvault.engine.config.ServerCommands;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.host.CommandResult;
import org.tacvault.engine.host.CommandRunner;

/** The TACACS+ server as the commands of its configuration control it. */
final class HostCommands implements ServerControl {
  private final ServerCommands commands;
  private final CommandRunner runner;
  private final Path home;
  private final String executionId;
  private final List<CommandResult> results = new ArrayList<>();

  HostCommands(ServerCommands commands, CommandRunner runner, Path home, String executionId) {
    this.commands = commands;
    this.runner = runner;
    this.home = home;
    this.executionId = executionId;
  }

  @Override
  public List<RestorePlan.Command> commands() {
    return commands.inOrder().stream()
        .map(command -> new RestorePlan.Command(command.name(), runner.shown(command)))
        .toList();
  }

  @Override
  public boolean stops() {
    return commands.stop().isPresent();
  }

  @Override
  public boolean bringsUp() {
    return commands.bringUp().isPresent();
  }

  @Override
  public void stop(ServerOperation operation) {
    commands.stop().ifPresent(command -> run(command, operation));
  }

  @Override
  public void start(ServerOperation operation) {
    commands.bringUp().ifPresent(command -> run(command, operation));
    commands
        .health()
        .ifPresent(
            command ->
                require(runner.runUntilSuccess(command, variables(operation), commands.timeout())));
  }

  @Override
  public List<CommandResult> results() {
    return List.copyOf(results);
  }

  private void run(HostCommand command, ServerOperation operation) {
    require(runner.run(command, variables(operation), commands.timeout()));
  }

  private void require(CommandResult result) {
    results.add(result);
    if (!result.isSuccess()) {
      throw new EngineException(
              ErrorKind.FAILED,
              "run " + result.name() + " command",
              result.command(),
              result.outcome())
          .withHint("all that it said: tacvault executions " + executionId);
    }
  }

  private Map<String, String> variables(ServerOperation operation) {
    return Map.of(
        "TACVAULT_HOME", home.toString(),
        "TACVAULT_EXECUTION_ID", executionId,
        "TACVAULT_OPERATION", operation.id());
  }
}
