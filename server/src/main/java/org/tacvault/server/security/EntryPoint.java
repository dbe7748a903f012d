package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** What somebody without a credential gets: people the login page, programs a 401. */
final class EntryPoint implements AuthenticationEntryPoint {
  private static final String PAGES = "/admin";

  private final Refusals refusals;

  EntryPoint(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    String path = request.getRequestURI();
    boolean isPage = path.equals(PAGES) || path.startsWith(PAGES + "/");
    if (isPage && request.getMethod().equals("GET")) {
      response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
      response.setHeader(HttpHeaders.LOCATION, LoginController.PATH);
    } else {
      refusals.unauthorized(response);
    }
  }
}
