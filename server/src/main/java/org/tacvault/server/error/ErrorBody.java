package org.tacvault.server.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.tacvault.engine.error.EngineException;

/**
 * What every failure is answered with.
 *
 * @param detail a text, or the list of {@link Violation}s of a request that is not valid
 * @param error what the status means, for example {@code Not found}
 * @param kind of the engine's failure, lower case; finer than the status
 * @param hint what to do about it
 * @param reference finds an unexpected failure in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorBody(
    Object detail,
    String error,
    @Nullable String kind,
    @Nullable String hint,
    @Nullable String reference) {
  /** A failure of which no more is known than its status and a text. */
  public static ErrorBody of(HttpStatusCode status, String detail) {
    return new ErrorBody(detail, Phrases.of(status), null, null, null);
  }

  static ErrorBody of(HttpStatusCode status, List<Violation> violations) {
    return new ErrorBody(violations, Phrases.of(status), null, null, null);
  }

  static ErrorBody of(HttpStatusCode status, EngineException failure) {
    return new ErrorBody(
        detail(failure),
        Phrases.of(status),
        failure.kind().name().toLowerCase(Locale.ROOT),
        failure.hint().orElse(null),
        null);
  }

  ErrorBody withHint(@Nullable String newHint) {
    return new ErrorBody(detail, error, kind, newHint, reference);
  }

  ErrorBody withReference(String newReference) {
    return new ErrorBody(detail, error, kind, hint, newReference);
  }

  /**
   * A reason that is a fragment needs its operation and subject; a sentence stands for itself, and
   * is what clients of the Python server know.
   */
  private static String detail(EngineException failure) {
    String reason = failure.reason();
    boolean isFragment = reason.isEmpty() || Character.isLowerCase(reason.charAt(0));
    return isFragment ? String.valueOf(failure.getMessage()) : reason;
  }
}
