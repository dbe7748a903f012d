package org.tacvault.server.web;

import java.net.URI;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.tacvault.server.api.ApiPaths;

/** The same as an action of a page, as a command for a shell; the token is {@code $TOKEN}. */
final class Curl {
  private Curl() {}

  /** A request with JSON to {@code path} of the API. */
  static String json(String method, String path, String body) {
    return start(method, path) + " -H 'Content-Type: application/json' -d " + quoted(body);
  }

  /** A request without a body. */
  static String plain(String method, String path) {
    return start(method, path);
  }

  private static String start(String method, String path) {
    URI here = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri();
    return "curl -X "
        + method
        + " -H \"X-API-Token: $TOKEN\" "
        + quoted(here + ApiPaths.BACKUP + path);
  }

  /** So that a shell takes it as it is. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
