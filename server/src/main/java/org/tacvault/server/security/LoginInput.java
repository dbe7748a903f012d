package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Name and password as they were sent, in JSON or by a form; empty where they are missing. */
record LoginInput(String username, String password) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_BYTES = 16 * 1024;

  /** Whether the request brings JSON. */
  static boolean isJson(HttpServletRequest request) {
    String type = Optional.ofNullable(request.getContentType()).orElse("");
    return type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  static LoginInput ofForm(HttpServletRequest request) {
    return of(request.getParameter("username"), request.getParameter("password"));
  }

  /** Empty when it is not JSON, or too much of it. */
  static Optional<LoginInput> ofJson(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      JsonNode object = JSON.readTree(body);
      return object == null || object.isMissingNode()
          ? Optional.empty()
          : Optional.of(of(text(object, "username"), text(object, "password")));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  boolean isComplete() {
    return !username.isEmpty() && !password.isEmpty();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "LoginInput[" + username.length() + " characters]";
  }

  private static LoginInput of(@Nullable String username, @Nullable String password) {
    return new LoginInput(
        username == null ? "" : username.strip(), password == null ? "" : password);
  }

  private static @Nullable String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value != null && value.isString() ? value.asString() : null;
  }
}
