package org.tacvault.server.error;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that the API itself refuses, before or beside the engine. */
public final class ApiException extends RuntimeException {
  private final HttpStatus status;
  private final @Nullable String hint;

  public ApiException(HttpStatus status, String detail) {
    this(status, detail, null);
  }

  /**
   * @param detail for people, and for clients that know the Python server's texts
   * @param hint what to do about it
   */
  public ApiException(HttpStatus status, String detail, @Nullable String hint) {
    super(detail);
    this.status = status;
    this.hint = hint;
  }

  /** {@code 404} with {@code detail}, for example {@code Destination not found}. */
  public static ApiException notFound(String detail) {
    return new ApiException(HttpStatus.NOT_FOUND, detail);
  }

  /** {@code 400} with {@code detail}. */
  public static ApiException badRequest(String detail) {
    return new ApiException(HttpStatus.BAD_REQUEST, detail);
  }

  public HttpStatus status() {
    return status;
  }

  ErrorBody body() {
    return ErrorBody.of(status, String.valueOf(getMessage())).withHint(hint);
  }
}
