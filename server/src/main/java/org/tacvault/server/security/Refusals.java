package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.tacvault.server.error.ErrorWriter;

/** Answers requests that are not let through. */
@Component
final class Refusals {
  private static final long ALMOST_A_SECOND = 999;

  private final ErrorWriter errors;

  Refusals(ErrorWriter errors) {
    this.errors = errors;
  }

  void unauthorized(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tacvault\"");
    errors.write(
        response,
        HttpStatus.UNAUTHORIZED,
        "log in at /admin/login, or send the API token as X-API-Token or Authorization: Bearer");
  }

  void anotherSite(HttpServletResponse response) throws IOException {
    errors.write(response, HttpStatus.FORBIDDEN, "this request comes from another web site");
  }

  void tooManyTokens(HttpServletResponse response, Duration wait) throws IOException {
    String seconds = seconds(wait);
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
    errors.write(
        response,
        HttpStatus.TOO_MANY_REQUESTS,
        "too many wrong API tokens from this address; try again in " + seconds + " s");
  }

  /** Of {@code Retry-After}: whole seconds, at least one. */
  static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(ALMOST_A_SECOND).toSeconds()));
  }
}
