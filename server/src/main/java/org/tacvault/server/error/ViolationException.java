package org.tacvault.server.error;

import java.util.List;

/** A request that is well-formed but not valid; answered with {@code 422}. */
public final class ViolationException extends RuntimeException {
  private final transient List<Violation> violations;

  public ViolationException(Violation... violations) {
    super("request is not valid");
    this.violations = List.of(violations);
  }

  List<Violation> violations() {
    return violations;
  }
}
