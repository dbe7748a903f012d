package org.tacvault.server.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.HtmlUtils;

/** Answers a form that was sent when the session had ended. */
final class SessionEndedPage {
  private SessionEndedPage() {}

  /** Refuses, and leads to {@code login}; what was typed stays in the browser. */
  static void write(HttpServletResponse response, String login) throws IOException {
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    response.setContentType("text/html;charset=UTF-8");
    String page =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Session ended · Tacvault</title>
        <link rel="icon" href="/assets/icon.svg">
        <link rel="stylesheet" href="/assets/console.css">
        <script src="/assets/theme.js"></script>
        <script src="/assets/console.js" defer></script>
        </head>
        <body class="alone" data-session-ended>
        <main class="card">
        <h1>Your session has ended</h1>
        <p>Nothing was changed. Log in again to go on where you were; what you typed, except
        passwords, is put back into the form if your browser runs scripts.</p>
        <p><a class="button primary" href="%s">Log in again</a></p>
        </main>
        </body>
        </html>
        """
            .formatted(HtmlUtils.htmlEscape(login));
    response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
  }
}
