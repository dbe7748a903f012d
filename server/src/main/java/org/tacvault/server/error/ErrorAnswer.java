package org.tacvault.server.error;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.tacvault.engine.error.EngineException;

/** How a failure of the engine is answered. */
public record ErrorAnswer(HttpStatus status, ErrorBody body) {
  /** Of a failure that says what was wrong; empty of any other. */
  public static Optional<ErrorAnswer> known(RuntimeException failure) {
    if (failure instanceof EngineException engine) {
      return Optional.of(of(engine));
    }
    if (failure instanceof ApiException refusal) {
      return Optional.of(new ErrorAnswer(refusal.status(), refusal.body()));
    }
    if (failure instanceof ViolationException refusal) {
      HttpStatus status = HttpStatus.UNPROCESSABLE_CONTENT;
      return Optional.of(new ErrorAnswer(status, ErrorBody.of(status, refusal.violations())));
    }
    return Optional.empty();
  }

  /** By the one table of {@link ErrorStatus}. */
  public static ErrorAnswer of(EngineException failure) {
    HttpStatus status = ErrorStatus.of(failure.kind());
    return new ErrorAnswer(status, ErrorBody.of(status, failure));
  }
}
