package org.tacvault.server.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ties what a client sees to the log: the client's own {@code X-Correlation-ID}, if it is a plain
 * one, else a new one; in every line of the log meanwhile, and in the answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class CorrelationId extends OncePerRequestFilter {
  /** The header, and with another spelling the name in the log. */
  public static final String HEADER = "X-Correlation-ID";

  private static final String IN_LOG = "correlation_id";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** That of the request which this thread answers. */
  public static Optional<String> current() {
    return Optional.ofNullable(MDC.get(IN_LOG));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id =
        Optional.ofNullable(request.getHeader(HEADER))
            .filter(given -> PLAIN.matcher(given).matches())
            .orElseGet(() -> UUID.randomUUID().toString());
    MDC.put(IN_LOG, id);
    response.setHeader(HEADER, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(IN_LOG);
    }
  }
}
