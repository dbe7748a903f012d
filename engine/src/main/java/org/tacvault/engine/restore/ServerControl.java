package org.tacvault.engine.restore;

import java.util.List;
import org.tacvault.engine.host.CommandResult;

/**
 * Stops the TACACS+ server before its live files change, and starts it afterwards. For whatever
 * changes them: a restore, its rolling back, a recovery. {@link ServerSession} knows the order.
 */
public interface ServerControl {
  /** For a server that nobody stops: it goes on working. */
  ServerControl NONE =
      new ServerControl() {
        @Override
        public List<RestorePlan.Command> commands() {
          return List.of();
        }

        @Override
        public boolean stops() {
          return false;
        }

        @Override
        public boolean bringsUp() {
          return false;
        }

        @Override
        public void stop(ServerOperation operation) {}

        @Override
        public void start(ServerOperation operation) {}

        @Override
        public List<CommandResult> results() {
          return List.of();
        }
      };

  /** What a restore would run, in that order, secrets masked; empty when there is nothing. */
  List<RestorePlan.Command> commands();

  /** Whether {@link #stop} stops anything. */
  boolean stops();

  /** Whether {@link #start} starts the server, or makes it read its data again. */
  boolean bringsUp();

  /**
   * Stops the server.
   *
   * @throws org.tacvault.engine.error.EngineException when it cannot tell that it is stopped
   */
  void stop(ServerOperation operation);

  /**
   * Starts the server, or makes it read its data again, and waits until it is well.
   *
   * @throws org.tacvault.engine.error.EngineException when it does not start or is not well in time
   */
  void start(ServerOperation operation);

  /** What was run so far, in that order. */
  List<CommandResult> results();

  /** Whether there is anything to run at all. */
  default boolean isUsed() {
    return !commands().isEmpty();
  }
}
