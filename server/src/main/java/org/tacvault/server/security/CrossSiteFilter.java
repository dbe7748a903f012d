package org.tacvault.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.tacvault.server.request.RequestNotes;

/**
 * Refuses changes that another web site makes a browser send with the administrator's cookie.
 * Browsers say where a request comes from, in headers that no script can set; programs such as curl
 * say nothing and are let through, as is whoever shows the API token, which no browser adds by
 * itself.
 */
final class CrossSiteFilter extends OncePerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Refusals refusals;

  CrossSiteFilter(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isByToken() || isOfThisSite(request)) {
      chain.doFilter(request, response);
    } else {
      RequestNotes.detail(request, "from another web site");
      refusals.anotherSite(response);
    }
  }

  private static boolean isByToken() {
    return Caller.current().filter(caller -> caller.sessionId() == null).isPresent();
  }

  private static boolean isOfThisSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OWN.contains(site.toLowerCase(Locale.ROOT));
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || isHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  /** Without the scheme: a proxy may speak https where this service hears http. */
  private static boolean isHost(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
