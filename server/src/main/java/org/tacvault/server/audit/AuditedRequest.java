package org.tacvault.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.tacvault.engine.catalog.AuditEvent;
import org.tacvault.engine.error.Printable;
import org.tacvault.server.request.CorrelationId;
import org.tacvault.server.request.RequestNotes;
import org.tacvault.server.security.Caller;
import org.tacvault.server.security.ClientAddress;

/**
 * A request that belongs into the audit log: changes, downloads, and whatever was denied.
 *
 * @param network what refusals are counted by
 */
record AuditedRequest(AuditEvent event, String network) {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String DOWNLOAD = "/download";
  private static final String ANONYMOUS = "anonymous";

  /** Parameters that name what a request is about. */
  private static final List<String> NAMES = List.of("destination_id", "backup_path", "path");

  /** Decides which requests they are, and puts down what is known of them. */
  @Component
  static final class Reader {
    private final InstantSource clock;

    Reader(InstantSource clock) {
      this.clock = clock;
    }

    /** Empty when it is of no interest. */
    Optional<AuditedRequest> read(HttpServletRequest request, int status) {
      AuditEvent event = event(request, status);
      boolean isOfInterest =
          event.outcome() == AuditEvent.Outcome.DENIED
              || !READING.contains(request.getMethod())
              || event.action().endsWith(DOWNLOAD);
      return isOfInterest
          ? Optional.of(new AuditedRequest(event, ClientAddress.networkOf(request)))
          : Optional.empty();
    }

    private AuditEvent event(HttpServletRequest request, int status) {
      Optional<Caller> caller = Caller.of(request);
      Optional<String> route =
          Optional.ofNullable(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
              .map(String::valueOf);
      return new AuditEvent(
          clock.instant(),
          caller.map(Caller::name).orElse(ANONYMOUS),
          ClientAddress.of(request),
          caller.map(Caller::sessionId).orElse(null),
          method(request) + " " + route.orElseGet(() -> Printable.of(request.getRequestURI())),
          resource(request),
          status,
          RequestNotes.detail(request).orElse(null),
          Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
              .map(Printable::of)
              .orElse(null),
          CorrelationId.current().orElse(null),
          1);
    }

    private static String method(HttpServletRequest request) {
      return Printable.of(request.getMethod());
    }

    private static @Nullable String resource(HttpServletRequest request) {
      List<String> parts = new ArrayList<>();
      if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
          instanceof Map<?, ?> variables) {
        variables.forEach((name, value) -> parts.add(part(name, value)));
        // Not before a controller was chosen: parameters of a form are read from its body.
        for (String name : NAMES) {
          String value = inQuery(request, name);
          if (value != null) {
            parts.add(part(name, value));
          }
        }
      }
      RequestNotes.resource(request).ifPresent(parts::add);
      return parts.isEmpty() ? null : String.join(" ", parts);
    }

    private static @Nullable String inQuery(HttpServletRequest request, String name) {
      String query = request.getQueryString();
      return query != null && query.contains(name + "=") ? request.getParameter(name) : null;
    }

    private static String part(Object name, Object value) {
      return name + "=" + Printable.of(String.valueOf(value));
    }
  }
}
