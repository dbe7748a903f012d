package org.tacvault.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The TACACS+ server during one restore: down while files change, up before it is committed. */
final class ServerSession {
  private final ServerControl control;
  private final ServerOperation operation;
  private final RestoreListener listener;
  private boolean sawNewContent;

  /**
   * @param operation what brings the new content
   */
  ServerSession(ServerControl control, ServerOperation operation, RestoreListener listener) {
    this.control = control;
    this.operation = operation;
    this.listener = listener;
  }

  /** Whether a killed restore leaves the server to be brought up again. */
  boolean isControlled() {
    return control.isUsed();
  }

  /** Before anything is touched. */
  void stop() {
    if (control.stops()) {
      listener.step(RestoreStep.STOP_SERVER, "");
      control.stop(operation);
    }
  }

  /** When all new content is in place; throws unless the server is well with it. */
  void start() {
    if (control.isUsed()) {
      listener.step(RestoreStep.START_SERVER, "");
      sawNewContent = true;
      control.start(operation);
    }
  }

  /**
   * Before old content is put back: a server that was started must not go on with the new. That it
   * cannot be stopped keeps nothing from going back; often it is down because it never came up.
   *
   * @return why it could not be stopped
   */
  Optional<EngineException> stopAgain() {
    if (!sawNewContent) {
      return Optional.empty();
    }
    try {
      control.stop(ServerOperation.ROLLBACK);
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(e);
    }
  }

  /**
   * When all old content is back.
   *
   * @param failure why it went back
   * @return {@code failure} with what became of the server
   */
  RuntimeException startAgain(Throwable failure) {
    if (!control.isUsed() && failure instanceof RuntimeException plain) {
      return plain;
    }
    try {
      control.start(ServerOperation.ROLLBACK);
      return told(failure, "everything is as before, " + server(), Optional.empty());
    } catch (EngineException e) {
      e.addSuppressed(failure);
      return told(
          failure,
          "everything is as before, but the TACACS+ server is not up again: " + e.getMessage(),
          Optional.of(byHand()));
    }
  }

  /** The files could not be put back yet: a server must not be started on a mix of them. */
  EngineException leaveDown(EngineException failure) {
    return control.stops()
        ? told(failure, "the TACACS+ server stays stopped until then", Optional.empty())
        : failure;
  }

  private String server() {
    if (control.bringsUp()) {
      return "and the TACACS+ server was brought up again";
    }
    return control.stops()
        ? "but nothing is configured that starts the TACACS+ server again"
        : "also for the TACACS+ server";
  }

  private String byHand() {
    return control.commands().stream()
        .filter(command -> command.name().equals("start") || command.name().equals("reload"))
        .findFirst()
        .map(command -> "start the TACACS+ server by hand: " + command.command())
        .orElse("start the TACACS+ server by hand");
  }

  /** {@code failure} with what else became of everything. */
  static EngineException told(Throwable failure, String more, Optional<String> hint) {
    EngineException known =
        failure instanceof EngineException engine
            ? engine
            : new EngineException(
                ErrorKind.FAILED, "restore", "live files", String.valueOf(failure.getMessage()));
    EngineException told =
        new EngineException(
                known.kind(), known.operation(), known.subject(), known.reason() + "; " + more)
            .withCause(failure);
    List<String> hints = Stream.concat(hint.stream(), known.hint().stream()).toList();
    return hints.isEmpty() ? told : told.withHint(String.join("; ", hints));
  }
}
