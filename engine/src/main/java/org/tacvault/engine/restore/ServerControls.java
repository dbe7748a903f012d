package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.backup.ServerContext;
import org.tacvault.engine.backup.ServerContexts;
import org.tacvault.engine.config.Redaction;
import org.tacvault.engine.config.ServerCommands;
import org.tacvault.engine.host.CommandRunner;

/**
 * Finds the commands that control a TACACS+ server: those of its live configuration, never those of
 * an archive, whose author could run programs that way.
 */
public final class ServerControls {
  private final ServerContexts contexts;
  private final Supplier<Path> temp;

  /**
   * @param temp where the output of commands lies while they run
   */
  public ServerControls(ServerContexts contexts, Supplier<Path> temp) {
    this.contexts = contexts;
    this.temp = temp;
  }

  /**
   * As the configuration is live now; {@link ServerControl#NONE} without one that can be read.
   *
   * @param executionId what the commands are run for
   * @throws org.tacvault.engine.config.InvalidConfigException when the commands are not valid
   */
  public ServerControl live(String executionId) {
    return of(contexts.liveIfReadable(), executionId);
  }

  ServerControl of(Optional<ServerContext> live, String executionId) {
    return live.map(server -> control(server, executionId)).orElse(ServerControl.NONE);
  }

  private ServerControl control(ServerContext server, String executionId) {
    ServerCommands commands = ServerCommands.from(server.config());
    Path home = server.home().root();
    CommandRunner runner =
        new CommandRunner(
            contexts.environment(),
            home,
            temp.get(),
            Redaction.of(server.config(), contexts.environment()));
    return new HostCommands(commands, runner, home, executionId);
  }
}
