package org.tacvault.server.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/** The cookie that holds the secret of a session; the name is the Python server's. */
final class SessionCookie {
  static final String NAME = "admin_session";

  private SessionCookie() {}

  static Optional<String> in(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(NAME))
            .map(Cookie::getValue)
            .filter(value -> !value.isEmpty())
            .findFirst();
  }

  static String set(String secret, Duration maxAge, HttpServletRequest request) {
    return cookie(secret, maxAge, request);
  }

  static String clear(HttpServletRequest request) {
    return cookie("", Duration.ZERO, request);
  }

  private static String cookie(String value, Duration maxAge, HttpServletRequest request) {
    return ResponseCookie.from(NAME, value)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Strict")
        .path("/")
        .maxAge(maxAge)
        .build()
        .toString();
  }
}
