package org.tacvault.server.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a request that is not valid, in the form that clients of FastAPI know.
 *
 * @param type for example {@code missing}, {@code int_parsing}, {@code extra_forbidden}
 * @param loc {@code body}, {@code query} or {@code path}, then names and indexes
 * @param msg for people
 * @param input what was sent; never a secret, never long
 */
public record Violation(String type, List<Object> loc, String msg, @Nullable Object input) {
  public Violation {
    loc = List.copyOf(loc);
  }

  /** A required value that was not sent; {@code place} is {@code body} or {@code query}. */
  public static Violation missing(String place, String name) {
    return new Violation("missing", List.of(place, name), "Field required", null);
  }

  /** A value that cannot be, with a sentence that says why. */
  public static Violation invalid(String place, String name, String msg, @Nullable Object input) {
    return new Violation("value_error", List.of(place, name), msg, Input.shown(name, input));
  }
}
