package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Which page of the console somebody comes from, or wants to come back to; never another site. */
public final class ReturnPath {
  /** The page that everybody may come back to. */
  public static final String HOME = "/admin/";

  private static final Pattern OWN =
      Pattern.compile("/admin/backup(/[A-Za-z0-9._~/%-]*)?(\\?[\\x21-\\x7e&&[^\\\\<>\"]]*)?");

  private ReturnPath() {}

  /** {@code path} if it is a page of the console, else {@link #HOME}. */
  public static String of(@Nullable String path) {
    return path != null && OWN.matcher(path).matches() && !path.contains("//") ? path : HOME;
  }

  /** The page on which the form of this request stands. */
  public static String from(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.REFERER))
        .flatMap(ReturnPath::pathOf)
        .map(ReturnPath::of)
        .orElse(HOME);
  }

  /** Where to log in, and to come back to {@code path} then. */
  static String loginFor(String path) {
    String safe = of(path);
    return safe.equals(HOME) || safe.equals("/admin/backup")
        ? LoginController.PATH
        : LoginController.PATH + "?next=" + URLEncoder.encode(safe, StandardCharsets.UTF_8);
  }

  private static Optional<String> pathOf(String address) {
    try {
      URI uri = URI.create(address);
      String query = uri.getRawQuery();
      return Optional.ofNullable(uri.getRawPath())
          .map(path -> query == null ? path : path + "?" + query);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
