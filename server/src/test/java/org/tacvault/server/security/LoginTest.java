package org.tacvault.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.TestService;

class LoginTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path home;
  private TestService service;

  @BeforeEach
  void start() {
    service = TestService.start(home);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void jsonLoginAnswersSuccessAndACookieThatScriptsAndOtherSitesDoNotGet() {
    HttpResponse<String> answer = service.logIn(" admin ", TestService.PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .matches(
            "admin_session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=3600; Expires=[^;]+; HttpOnly; SameSite=Strict");
  }

  @Test
  void formLoginLeadsToTheStartPage() {
    HttpResponse<String> answer =
        service.post(
            "/admin/login", "username=admin&password=correct+horse+battery", "Content-Type", FORM);
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/admin/");
    HttpResponse<String> page = service.get("/admin/", "Cookie", TestService.cookieOf(answer));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("You are logged in as admin", "/docs", "/openapi.json");
  }

  @Test
  void multipartFormLogsInAsWell() {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nadmin\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n"
            + TestService.PASSWORD
            + "\r\n--b--\r\n";
    HttpResponse<String> answer =
        service.post("/admin/login", body, "Content-Type", "multipart/form-data; boundary=b");
    assertThat(answer.statusCode()).isEqualTo(303);
  }

  @Test
  void wrongPasswordAndUnknownNameGetTheSameAnswer() {
    HttpResponse<String> wrong = service.logIn("admin", "wrong");
    HttpResponse<String> unknown = service.logIn("root", TestService.PASSWORD);
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body())
        .isEqualTo("{\"detail\":\"Invalid username or password\",\"error\":\"Unauthorized\"}");
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void wrongPasswordInTheFormShowsTheFormAgain() {
    HttpResponse<String> answer =
        service.post("/admin/login", "username=admin&password=wrong", "Content-Type", FORM);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(answer.body()).contains("Invalid username or password", "<form method=\"post\"");
  }

  @Test
  void missingFieldsAreBothNamed() {
    HttpResponse<String> answer =
        service.post(
            "/admin/login", "{\"username\":\"admin\"}", "Content-Type", "application/json");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"username\"],\"msg\":\"Field"
                + " required\",\"input\":null},{\"type\":\"missing\",\"loc\":[\"body\",\"password\"],"
                + "\"msg\":\"Field required\",\"input\":null}],\"error\":\"Unprocessable content\"}");
    assertThat(service.post("/admin/login", "", "Content-Type", FORM).statusCode()).isEqualTo(422);
    assertThat(service.post("/admin/login", "[]", "Content-Type", "application/json").statusCode())
        .isEqualTo(422);
  }

  @Test
  void whatIsNotJsonIsABadRequest() {
    for (String body : new String[] {"{", "", "nonsense", "\"" + "x".repeat(20_000) + "\""}) {
      HttpResponse<String> answer =
          service.post("/admin/login", body, "Content-Type", "application/json; charset=utf-8");
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.body()).contains("\"detail\":\"Invalid JSON\"");
    }
  }

  @Test
  void loginPageIsAFormWithoutScriptsAndLeadsOnWhoeverIsLoggedIn() {
    HttpResponse<String> page = service.get("/admin/login");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("action=\"/admin/login\"", "name=\"username\"", "name=\"password\"")
        .doesNotContain("<script", "<style", "style=");
    HttpResponse<String> again = service.get("/admin/login", "Cookie", service.cookie());
    assertThat(again.statusCode()).isEqualTo(303);
    assertThat(again.headers().firstValue("Location")).hasValue("/admin/");
  }

  @Test
  void logoutEndsTheSessionAndWorksWithoutOne() {
    String cookie = service.cookie();
    HttpResponse<String> out = service.post("/admin/logout", "", "Cookie", cookie);
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Location")).hasValue("/admin/login");
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("admin_session=;", "Max-Age=0");
    assertThat(service.get("/admin/", "Cookie", cookie).statusCode()).isEqualTo(307);
    assertThat(service.post("/admin/logout", "").statusCode()).isEqualTo(303);
  }

  @Test
  void pagesLeadToTheLoginAndTheApiSaysUnauthorized() {
    HttpResponse<String> page = service.get("/admin/backup");
    assertThat(page.statusCode()).isEqualTo(307);
    assertThat(page.headers().firstValue("Location")).hasValue("/admin/login");
    HttpResponse<String> api = service.get("/api/admin/backup/destinations");
    assertThat(api.statusCode()).isEqualTo(401);
    assertThat(api.body())
        .contains("\"error\":\"Unauthorized\"", "\"detail\":\"log in at /admin/login");
    assertThat(api.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void guessingIsSlowedDownWithATimeToWaitAndGoesOnAfterIt() {
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(service.logIn("admin", "guess" + attempt).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> refused = service.logIn("admin", TestService.PASSWORD);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(refused.body())
        .isEqualTo(
            "{\"detail\":\"too many failed logins; try again in 30 s\",\"error\":\"Too many requests\"}");
    service.pass(Duration.ofSeconds(30));
    assertThat(service.logIn("admin", TestService.PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void aGoodLoginForgivesTheBadOnes() {
    for (int round = 0; round < 3; round++) {
      for (int attempt = 0; attempt < 4; attempt++) {
        assertThat(service.logIn("admin", "typo").statusCode()).isEqualTo(401);
      }
      assertThat(service.logIn("admin", TestService.PASSWORD).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAttackerElsewhereDoesNotLockTheAdministratorOut() {
    try (TestService behind =
        TestService.start(
            home,
            Map.of("ADMIN_PASSWORD_HASH", TestService.HASH),
            options -> options.withTrustedProxies(List.of("127.0.0.1")))) {
      for (int attempt = 0; attempt < 100; attempt++) {
        behind.logIn("admin", "guess", "X-Forwarded-For", "198.51.100." + attempt % 20);
      }
      assertThat(
              behind
                  .logIn("admin", "guess", "X-Forwarded-For", "198.51.100.1")
                  .headers()
                  .firstValue("Retry-After"))
          .isPresent();
      assertThat(
              behind
                  .logIn("admin", TestService.PASSWORD, "X-Forwarded-For", "192.0.2.7")
                  .statusCode())
          .isEqualTo(200);
    }
  }
}
