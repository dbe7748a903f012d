package org.tacvault.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** The form to log in with; the console draws it. */
final class LoginPage {
  private LoginPage() {}

  /**
   * The form.
   *
   * @param message what was wrong; nothing when empty
   * @param next the page to go to then
   */
  static ModelAndView show(HttpStatus status, String message, @Nullable String next) {
    ModelAndView page = new ModelAndView("login", status);
    page.addObject("message", message);
    page.addObject("next", ReturnPath.of(next));
    return page;
  }
}
