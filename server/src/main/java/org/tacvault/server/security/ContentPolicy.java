package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What pages may load: only what this service serves, and no scripts or styles inside of a page.
 * Swagger UI alone draws with styles and pictures of its own making; its scripts are files.
 */
final class ContentPolicy implements HeaderWriter {
  private static final String HEADER = "Content-Security-Policy";
  private static final String STRICT =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
          + " object-src 'none'";
  private static final String SWAGGER_UI =
      STRICT + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    boolean isSwaggerUi = request.getRequestURI().startsWith(OpenRoutes.SWAGGER_UI + "/");
    response.setHeader(HEADER, isSwaggerUi ? SWAGGER_UI : STRICT);
  }
}
