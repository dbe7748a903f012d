package org.tacvault.server.security;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who sent a request; a controller gets it as a {@link Principal}.
 *
 * @param name the administrator's name, or {@link #TOKEN_NAME}
 * @param sessionId what lists show of the session, never its secret; null without one
 */
public record Caller(String name, @Nullable String sessionId) implements Principal {
  /** The name of whoever has the API token. */
  public static final String TOKEN_NAME = "api-token";

  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String ROLE = "ROLE_ADMIN";

  static Caller ofToken() {
    return new Caller(TOKEN_NAME, null);
  }

  static Caller of(AdminSession session) {
    return new Caller(session.username(), session.id());
  }

  /** Who sent it; known also when it has been answered. */
  public static Optional<Caller> of(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
  }

  /** Whom a controller that answers nobody without a credential was called by. */
  public static Caller of(Principal principal) {
    return (Caller) requireNonNull(((Authentication) principal).getPrincipal());
  }

  /** How executions name whoever asked for them. */
  public String triggeredBy() {
    return "manual:" + name;
  }

  /** Remembers who sent it. */
  void sent(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Who sent the request that this thread answers; empty when nobody has shown a credential. */
  public static Optional<Caller> current() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .map(Authentication::getPrincipal)
        .filter(Caller.class::isInstance)
        .map(Caller.class::cast);
  }

  @Override
  public String getName() {
    return name;
  }

  Authentication asAuthentication() {
    return UsernamePasswordAuthenticationToken.authenticated(
        this, null, List.of(new SimpleGrantedAuthority(ROLE)));
  }
}
