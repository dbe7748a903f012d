package org.tacvault.server.security;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tacvault.server.error.ApiException;
import org.tacvault.server.error.ErrorBody;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;
import org.tacvault.server.request.RequestNotes;

/** Logging in and out, with the Python server's paths, fields and answers. */
@RestController
class LoginController {
  static final String PATH = "/admin/login";
  static final String LOGOUT = "/admin/logout";
  private static final String NEXT = "next";
  private static final String WRONG = "Invalid username or password";
  private static final String NOT_AVAILABLE = "Authentication not available";

  private final Login login;
  private final AdminSessions sessions;

  LoginController(Login login, AdminSessions sessions) {
    this.login = login;
    this.sessions = sessions;
  }

  @GetMapping(PATH)
  Object form(@RequestParam(required = false) @Nullable String next) {
    return Caller.current().isPresent()
        ? seeOther(ReturnPath.of(next)).build()
        : LoginPage.show(HttpStatus.OK, "", next);
  }

  /** What is sent to log in, as JSON or by a form. */
  record Credentials(String username, String password) {}

  @PostMapping(PATH)
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Credentials.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            schema = @Schema(implementation = Credentials.class))
      })
  @ApiResponse(responseCode = "200", description = "Logged in by JSON: a cookie with the session")
  @ApiResponse(responseCode = "303", description = "Logged in by a form: a cookie with the session")
  Object logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean isJson = LoginInput.isJson(request);
    LoginInput input = input(isJson, request);
    Login.Result result = login.attempt(input.username(), input.password(), client(request));
    RequestNotes.detail(request, result.note());
    return switch (result.outcome()) {
      case ACCEPTED -> accepted(Objects.requireNonNull(result.begun()), isJson, request);
      case WRONG -> refused(HttpStatus.UNAUTHORIZED, WRONG, isJson, request);
      case TOO_MANY -> tooMany(result, isJson, request, response);
      case NOT_AVAILABLE -> refused(HttpStatus.SERVICE_UNAVAILABLE, NOT_AVAILABLE, isJson, request);
    };
  }

  @PostMapping(LOGOUT)
  ResponseEntity<Void> logOut(HttpServletRequest request) {
    SessionCookie.in(request).ifPresent(sessions::end);
    return seeOther(PATH).header(HttpHeaders.SET_COOKIE, SessionCookie.clear(request)).build();
  }

  private static LoginInput input(boolean isJson, HttpServletRequest request) throws IOException {
    LoginInput input =
        isJson
            ? LoginInput.ofJson(request).orElseThrow(() -> ApiException.badRequest("Invalid JSON"))
            : LoginInput.ofForm(request);
    if (!input.isComplete()) {
      // The Python server names both, whichever it is.
      throw new ViolationException(
          Violation.missing("body", "username"), Violation.missing("body", "password"));
    }
    return input;
  }

  private static ResponseEntity<?> accepted(
      AdminSessions.Begun begun, boolean isJson, HttpServletRequest request) {
    AdminSession session = begun.session();
    Caller.of(session).sent(request);
    Duration lasts = Duration.between(session.createdAt(), session.expiresAt());
    String cookie = SessionCookie.set(begun.secret(), lasts, request);
    ResponseEntity.BodyBuilder answer =
        isJson ? ResponseEntity.ok() : seeOther(ReturnPath.of(request.getParameter(NEXT)));
    answer.header(HttpHeaders.SET_COOKIE, cookie);
    return isJson ? answer.body(Map.of("success", true)) : answer.build();
  }

  private static Object tooMany(
      Login.Result result,
      boolean isJson,
      HttpServletRequest request,
      HttpServletResponse response) {
    String seconds = Refusals.seconds(Objects.requireNonNull(result.retryAfter()));
    response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
    String detail = result.note() + "; try again in " + seconds + " s";
    return refused(HttpStatus.TOO_MANY_REQUESTS, detail, isJson, request);
  }

  private static Object refused(
      HttpStatus status, String detail, boolean isJson, HttpServletRequest request) {
    return isJson
        ? ResponseEntity.status(status).body(ErrorBody.of(status, detail))
        : LoginPage.show(status, detail, request.getParameter(NEXT));
  }

  private static ResponseEntity.BodyBuilder seeOther(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path));
  }

  private static Login.Client client(HttpServletRequest request) {
    return new Login.Client(
        ClientAddress.of(request),
        ClientAddress.networkOf(request),
        Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse(""));
  }
}
