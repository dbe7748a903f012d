package org.tacvault.server.audit;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Looks at every request when it has ended and hands on what belongs into the audit log. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class AuditRecorder extends OncePerRequestFilter {
  private final AuditTrail trail;
  private final AuditedRequest.Reader requests;

  AuditRecorder(AuditTrail trail, AuditedRequest.Reader requests) {
    this.trail = trail;
    this.requests = requests;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean ended = false;
    try {
      chain.doFilter(request, response);
      ended = true;
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AtTheEnd(request, response));
      } else {
        record(
            request, ended ? response.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      }
    }
  }

  private void record(HttpServletRequest request, int status) {
    requests.read(request, status).ifPresent(trail::add);
  }

  /** Of an answer that is given after the request's thread has left. */
  private final class AtTheEnd implements AsyncListener {
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    AtTheEnd(HttpServletRequest request, HttpServletResponse response) {
      this.request = request;
      this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      record(request, response.getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // It completes after this.
    }

    @Override
    public void onError(AsyncEvent event) {
      // It completes after this.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
