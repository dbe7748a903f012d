package org.tacvault.server.error;

import org.springframework.http.HttpStatus;
import org.tacvault.engine.error.ErrorKind;

/** The one table from what went wrong in the engine to the status that says so. */
final class ErrorStatus {
  private ErrorStatus() {}

  static HttpStatus of(ErrorKind kind) {
    return switch (kind) {
      case INVALID_INPUT -> HttpStatus.BAD_REQUEST;
      case ACCESS_DENIED -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT, REFUSED, INTERRUPTED -> HttpStatus.CONFLICT;
      case WRONG_KEY, VERIFICATION_FAILED -> HttpStatus.UNPROCESSABLE_CONTENT;
      case BUSY -> HttpStatus.LOCKED;
      case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
      case INVALID_CONFIG, UNREACHABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case NO_SPACE -> HttpStatus.INSUFFICIENT_STORAGE;
    };
  }
}
