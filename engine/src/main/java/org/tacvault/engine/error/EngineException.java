package org.tacvault.engine.error;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its operation ("restore"), subject ("devices.db"), reason and, where there is one,
 * a cure. Messages carry no secrets. Thrown, never logged by the engine; shown once, at the edge.
 */
public class EngineException extends RuntimeException {
  private final ErrorKind kind;
  private final String operation;
  private final String subject;
  private final String reason;
  private final @Nullable String hint;

  public EngineException(ErrorKind kind, String operation, Object subject, String reason) {
    this(kind, operation, String.valueOf(subject), reason, null, null);
  }

  private EngineException(
      ErrorKind kind,
      String operation,
      String subject,
      String reason,
      @Nullable String hint,
      @Nullable Throwable cause) {
    super(operation + " " + subject + ": " + reason, cause);
    this.kind = requireNonNull(kind, "kind is null");
    this.operation = requireNonNull(operation, "operation is null");
    this.subject = subject;
    this.reason = requireNonNull(reason, "reason is null");
    this.hint = hint;
  }

  /** The same failure with a sentence that tells the administrator what to do. */
  public EngineException withHint(String newHint) {
    return new EngineException(kind, operation, subject, reason, newHint, getCause());
  }

  /** The same failure with the exception behind it. */
  public EngineException withCause(Throwable newCause) {
    return new EngineException(kind, operation, subject, reason, hint, newCause);
  }

  public ErrorKind kind() {
    return kind;
  }

  /** A verb phrase, lower case: "read archive". */
  public String operation() {
    return operation;
  }

  /** What the operation was about: a path, a database, a name. */
  public String subject() {
    return subject;
  }

  /** Why it failed, lower case, no full stop. */
  public String reason() {
    return reason;
  }

  /** What to do about it, if anything can be said. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
