package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that is not let through.
 *
 * @param detail what is missing or what to do, for a person
 */
record Refusal(HttpStatus status, String detail) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The body of every error: a word for programs, a sentence for people. */
  record Body(String error, String detail) {}

  static Refusal unauthorized() {
    return new Refusal(
        HttpStatus.UNAUTHORIZED,
        "log in at /admin/login, or send the API token as X-API-Token or Authorization: Bearer");
  }

  Body body() {
    return new Body(status.getReasonPhrase(), detail);
  }

  void write(HttpServletResponse response) throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    if (status == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"tacvault\"");
    }
    response
        .getOutputStream()
        .write(JSON.writeValueAsString(body()).getBytes(StandardCharsets.UTF_8));
  }

  /** Of {@code Retry-After}: whole seconds, at least one. */
  static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
