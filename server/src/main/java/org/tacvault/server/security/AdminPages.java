package org.tacvault.server.security;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;
import org.tacvault.engine.Version;

/** The pages that are there without a console: log in, and what this service is. */
final class AdminPages {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private AdminPages() {}

  /** The form, above it {@code message} unless that is empty. */
  static ResponseEntity<String> login(HttpStatusCode status, String message) {
    String alert =
        message.isEmpty() ? "" : "<p role=\"alert\">" + HtmlUtils.htmlEscape(message) + "</p>\n";
    return page(
        status,
        "Log in",
        alert
            + """
            <form method="post" action="/admin/login">
            <p><label for="username">Name</label><br>
            <input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus></p>
            <p><label for="password">Password</label><br>
            <input id="password" name="password" type="password" autocomplete="current-password" required></p>
            <p><button>Log in</button></p>
            </form>
            """);
  }

  /** What this service is, and what can be done with it from here. */
  static ResponseEntity<String> home(HttpStatusCode status, String username) {
    return page(
        status,
        "Tacvault",
        """
        <p>Tacvault %s backs up and restores this TACACS+ server. You are logged in as %s.</p>
        <ul>
        <li><a href="/docs">The API, to read and to try</a></li>
        <li><a href="/openapi.json">The API as an OpenAPI document</a></li>
        <li><a href="/metrics">Metrics</a></li>
        </ul>
        <form method="post" action="/admin/logout"><p><button>Log out</button></p></form>
        """
            .formatted(HtmlUtils.htmlEscape(Version.current()), HtmlUtils.htmlEscape(username)));
  }

  private static ResponseEntity<String> page(HttpStatusCode status, String title, String body) {
    return ResponseEntity.status(status)
        .contentType(HTML)
        .body(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            </head>
            <body>
            <main>
            <h1>%1$s</h1>
            %2$s</main>
            </body>
            </html>
            """
                .formatted(title, body));
  }
}
