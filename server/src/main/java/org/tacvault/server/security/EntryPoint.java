package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** What somebody without a credential gets: people the login page, programs a 401. */
final class EntryPoint implements AuthenticationEntryPoint {
  private static final String PAGES = "/admin";

  /** Sent with requests for a part of a page. */
  private static final String PART_OF_PAGE = "HX-Request";

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
    if (!isPage) {
      refusals.unauthorized(response);
    } else if (request.getHeader(PART_OF_PAGE) != null) {
      response.setHeader("HX-Redirect", ReturnPath.loginFor(ReturnPath.from(request)));
      refusals.unauthorized(response);
    } else if (request.getMethod().equals("GET")) {
      String query = request.getQueryString();
      response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
      response.setHeader(
          HttpHeaders.LOCATION, ReturnPath.loginFor(query == null ? path : path + "?" + query));
    } else if (accepts(request)) {
      SessionEndedPage.write(response, ReturnPath.loginFor(ReturnPath.from(request)));
    } else {
      refusals.unauthorized(response);
    }
  }

  private static boolean accepts(HttpServletRequest request) {
    String types = request.getHeader(HttpHeaders.ACCEPT);
    return types != null && types.contains(MediaType.TEXT_HTML_VALUE);
  }
}
