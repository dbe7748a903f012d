package org.tacvault.server.web;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.tacvault.server.error.ErrorAnswer;
import org.tacvault.server.error.Violation;

/**
 * What a page says about a request that could not be done.
 *
 * @param hint what to do about it
 */
public record Problem(HttpStatus status, String message, @Nullable String hint) {
  /** Of a failure that says what was wrong; others are thrown on. */
  static Problem of(RuntimeException failure) {
    ErrorAnswer answer = ErrorAnswer.known(failure).orElseThrow(() -> failure);
    return new Problem(answer.status(), text(answer.body().detail()), answer.body().hint());
  }

  private static String text(Object detail) {
    return detail instanceof List<?> violations
        ? violations.stream().map(Problem::violation).collect(Collectors.joining("; "))
        : String.valueOf(detail);
  }

  private static String violation(Object each) {
    if (!(each instanceof Violation violation)) {
      return String.valueOf(each);
    }
    Object field = violation.loc().get(violation.loc().size() - 1);
    return String.valueOf(field).replace('_', ' ') + ": " + violation.msg();
  }
}
