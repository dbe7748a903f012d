package org.tacvault.server.error;

import org.springframework.http.HttpStatus;
import org.tacvault.engine.error.EngineException;

/** How a failure of the engine is answered. */
public record ErrorAnswer(HttpStatus status, ErrorBody body) {
  /** By the one table of {@link ErrorStatus}. */
  public static ErrorAnswer of(EngineException failure) {
    HttpStatus status = ErrorStatus.of(failure.kind());
    return new ErrorAnswer(status, ErrorBody.of(status, failure));
  }
}
