package org.tacvault.server.security;

import java.util.List;

/** What everybody may ask for; all else needs a session or the API token. */
public final class OpenRoutes {
  private static final String ANY_BELOW = "/**";

  private static final List<String> PATTERNS =
      List.of(
          "/health",
          "/ready",
          "/metrics",
          "/api/health",
          "/api/status",
          "/openapi.json",
          "/openapi.json/swagger-config",
          "/docs",
          OpenRoutes.SWAGGER_UI + ANY_BELOW,
          LoginController.PATH,
          LoginController.LOGOUT);

  /** Where the pages of Swagger UI are. */
  static final String SWAGGER_UI = "/swagger-ui";

  private OpenRoutes() {}

  static String[] patterns() {
    return PATTERNS.toArray(String[]::new);
  }

  /** Whether a path of the OpenAPI document is one of them. */
  public static boolean include(String path) {
    return PATTERNS.contains(path);
  }
}
