package org.tacvault.server.api.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.security.AdminSession;
import org.tacvault.server.security.AdminSessions;
import org.tacvault.server.security.Caller;

/** Who is logged in, and how to end that. */
@RestController
class SessionsController {
  private static final String PATH = "/api/admin/sessions";

  private final AdminSessions sessions;

  SessionsController(AdminSessions sessions) {
    this.sessions = sessions;
  }

  /**
   * A session; its id opens nothing.
   *
   * @param current whether this request came with it
   */
  record SessionView(
      String id,
      String username,
      Instant createdAt,
      Instant expiresAt,
      String address,
      String userAgent,
      boolean current) {
    private static SessionView of(AdminSession session, @Nullable String current) {
      return new SessionView(
          session.id(),
          session.username(),
          session.createdAt(),
          session.expiresAt(),
          session.address(),
          session.userAgent(),
          session.id().equals(current));
    }
  }

  /** All that are open, newest first. */
  record Sessions(List<SessionView> sessions) {}

  record Closed(boolean success, int closed) {}

  @GetMapping(PATH)
  Sessions list(HttpServletRequest request) {
    String current = current(request);
    return new Sessions(
        sessions.list().stream().map(session -> SessionView.of(session, current)).toList());
  }

  @DeleteMapping(PATH + "/{id}")
  Closed close(@PathVariable String id) {
    if (!sessions.endById(id)) {
      throw ApiException.notFound("Session not found");
    }
    return new Closed(true, 1);
  }

  /** Ends all sessions but the one that asks; with the token, all. */
  @PostMapping(PATH + "/logout-others")
  Closed closeOthers(HttpServletRequest request) {
    return new Closed(true, sessions.endOthers(current(request)));
  }

  private static @Nullable String current(HttpServletRequest request) {
    return Caller.of(request).map(Caller::sessionId).orElse(null);
  }
}
