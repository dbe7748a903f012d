package org.tacvault.server.api;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param name of the administrator, or {@code api-token}
 */
public record Caller(String name) {
  private static final String NOBODY_IN_PARTICULAR = "admin";

  /** Whoever the request was authenticated as. */
  public static Caller of(@Nullable Principal principal) {
    return new Caller(principal == null ? NOBODY_IN_PARTICULAR : principal.getName());
  }

  /** How executions name whoever asked for them. */
  public String triggeredBy() {
    return "manual:" + name;
  }
}
