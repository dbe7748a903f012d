package org.tacvault.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.tacvault.server.request.RequestNotes;

/**
 * Finds out who calls, by the session's cookie or else by the API token; each alone is enough. Lets
 * everybody through but those who have shown too many wrong tokens: who may do what is decided
 * later.
 */
final class CallerFilter extends OncePerRequestFilter {
  private static final String TOKEN_HEADER = "X-API-Token";
  private static final String BEARER = "bearer ";
  private static final int WRONG_TOKENS = 20;
  private static final Duration REFILL = Duration.ofSeconds(3);

  private final AdminSessions sessions;
  private final ApiToken token;
  private final Throttle throttle;
  private final Refusals refusals;

  CallerFilter(AdminSessions sessions, ApiToken token, Refusals refusals, InstantSource clock) {
    this.sessions = sessions;
    this.refusals = refusals;
    this.token = token;
    this.throttle = new Throttle(WRONG_TOKENS, REFILL, clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = bySession(request, response);
    Optional<String> shown = shownToken(request);
    if (caller.isEmpty() && shown.isPresent()) {
      String network = ClientAddress.networkOf(request);
      Optional<Duration> wait = throttle.take(network);
      if (wait.isPresent()) {
        RequestNotes.detail(request, "too many wrong tokens");
        refusals.tooManyTokens(response, wait.get());
        return;
      }
      if (token.matches(shown.get())) {
        throttle.forgive(network);
        caller = Optional.of(Caller.ofToken());
      } else {
        RequestNotes.detail(request, "wrong token");
      }
    }
    caller.ifPresent(known -> enter(known, request));
    chain.doFilter(request, response);
  }

  private Optional<Caller> bySession(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> secret = SessionCookie.in(request);
    Optional<AdminSession> session = secret.flatMap(sessions::find);
    if (session.isPresent()) {
      sessions
          .renew(secret.orElseThrow())
          .ifPresent(
              renewed ->
                  response.addHeader(
                      HttpHeaders.SET_COOKIE,
                      SessionCookie.set(
                          secret.orElseThrow(),
                          Duration.between(renewed.renewedAt(), renewed.expiresAt()),
                          request)));
    }
    return session.map(Caller::of);
  }

  private static Optional<String> shownToken(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(TOKEN_HEADER))
        .or(
            () ->
                Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                    .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                    .map(value -> value.substring(BEARER.length())))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  private static void enter(Caller caller, HttpServletRequest request) {
    caller.sent(request);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(caller.asAuthentication());
    SecurityContextHolder.setContext(context);
  }
}
