package org.tacvault.server.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.tacvault.engine.error.Printable;

/** What a controller wants the audit log to say of a request; ids and a few words, no secrets. */
public final class RequestNotes {
  private static final String RESOURCE = RequestNotes.class.getName() + ".resource";
  private static final String DETAIL = RequestNotes.class.getName() + ".detail";

  private RequestNotes() {}

  /** What the request made or was about, beside what its path says. */
  public static void resource(HttpServletRequest request, String name, String value) {
    String before = resource(request).map(text -> text + " ").orElse("");
    request.setAttribute(RESOURCE, before + name + "=" + Printable.of(value));
  }

  /** How it ended, where the status does not say enough. */
  public static void detail(HttpServletRequest request, String words) {
    request.setAttribute(DETAIL, Printable.of(words));
  }

  public static Optional<String> resource(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(RESOURCE));
  }

  public static Optional<String> detail(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(DETAIL));
  }
}
