package org.tacvault.engine.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the TACACS+ server is stopped, started and asked for its health around a restore.
 *
 * @param reload runs instead of {@code start} when there is no such command
 * @param health tells by its exit code whether the server is well
 * @param timeout how long each may take; of {@code health}, how long the server may take to be well
 * @param shell whether the commands are scripts for {@code /bin/sh}
 */
public record ServerCommands(
    Optional<HostCommand> stop,
    Optional<HostCommand> start,
    Optional<HostCommand> reload,
    Optional<HostCommand> health,
    Duration timeout,
    boolean shell) {
  /** Nothing to run. */
  public static final ServerCommands NONE =
      new ServerCommands(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(60),
          false);

  /**
   * Reads these keys of {@code [backup]} alone, so that a restore may mend the others.
   *
   * @throws InvalidConfigException with what is wrong with them
   */
  public static ServerCommands from(TacacsConfig config) {
    return new BackupConfigReader(config).readCommands();
  }

  /** What tells the server to use what was restored. */
  public Optional<HostCommand> bringUp() {
    return start.or(() -> reload);
  }

  /** What a restore runs, in that order. */
  public List<HostCommand> inOrder() {
    return Stream.of(stop, bringUp(), health).flatMap(Optional::stream).toList();
  }
}
