package org.tacvault.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.server.TestService;

class AccessTest {
  /** Nothing is there: who gets in learns that, who does not gets 401. */
  private static final String API = "/api/admin/no-such-thing";

  @TempDir static Path home;
  private static TestService service;

  @BeforeAll
  static void start() {
    service = TestService.start(home);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void sessionAndTokenAreEachEnough() {
    assertThat(service.get(API).statusCode()).isEqualTo(401);
    assertThat(service.get(API, "Cookie", service.cookie()).statusCode()).isEqualTo(404);
    assertThat(service.get(API, "X-API-Token", TestService.TOKEN).statusCode()).isEqualTo(404);
    for (String scheme : List.of("Bearer", "bearer", "BEARER")) {
      assertThat(service.get(API, "Authorization", scheme + " " + TestService.TOKEN).statusCode())
          .isEqualTo(404);
    }
    assertThat(service.get(API, "Cookie", service.cookie(), "X-API-Token", "wrong").statusCode())
        .isEqualTo(404);
    assertThat(
            service
                .get(API, "Cookie", "admin_session=wrong", "X-API-Token", TestService.TOKEN)
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789ABCDEF"
      })
  void aTokenThatIsNotExactlyTheTokenIsRefused(String token) {
    assertThat(service.get(API, "X-API-Token", token).statusCode()).isEqualTo(401);
    assertThat(service.get(API, "Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
  }

  @Test
  void otherSchemesAreNoTokens() {
    assertThat(service.get(API, "Authorization", "Basic " + TestService.TOKEN).statusCode())
        .isEqualTo(401);
    assertThat(service.get(API, "Authorization", TestService.TOKEN).statusCode()).isEqualTo(401);
  }

  @Test
  void withoutAConfiguredTokenNoTokenIsRight() {
    try (TestService other =
        TestService.start(home, Map.of("ADMIN_PASSWORD_HASH", TestService.HASH))) {
      assertThat(other.get(API, "X-API-Token", "").statusCode()).isEqualTo(401);
      assertThat(other.get(API, "X-API-Token", "null").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void guessingOfTokensIsSlowedDown() {
    try (TestService own = TestService.start(home)) {
      guess(own);
    }
  }

  private static void guess(TestService service) {
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(service.get(API, "X-API-Token", "guess" + attempt).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> refused = service.get(API, "X-API-Token", TestService.TOKEN);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("3");
    assertThat(refused.body()).contains("too many wrong API tokens");
    assertThat(service.get(API, "Cookie", service.cookie()).statusCode()).isEqualTo(404);
    service.pass(Duration.ofSeconds(3));
    assertThat(service.get(API, "X-API-Token", TestService.TOKEN).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/api/health", "/api/status", "/admin/login"})
  void isOpen(String path) {
    assertThat(service.get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/",
        "/api/docs",
        "/api/redoc",
        "/api/admin/backup/destinations",
        "/api//health",
        "/health/../api/admin",
        "/health;x=/api",
        "/anything",
        "/error"
      })
  void isClosed(String path) {
    assertThat(service.get(path).statusCode()).isIn(400, 401);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 404",
    "Sec-Fetch-Site, none, 404",
    "Origin, http://evil.example, 403",
    "Origin, null, 403",
    "Origin, ':not a url', 403",
    "User-Agent, curl/8.0, 404"
  })
  void changesWithTheCookieMustNotComeFromAnotherSite(String header, String value, int status) {
    String cookie = service.cookie();
    assertThat(service.post(API, "{}", "Cookie", cookie, header, value).statusCode())
        .isEqualTo(status);
    assertThat(service.send("DELETE", API, null, "Cookie", cookie, header, value).statusCode())
        .isEqualTo(status);
    assertThat(service.get(API, "Cookie", cookie, header, value).statusCode()).isEqualTo(404);
    assertThat(
            service.post(API, "{}", "X-API-Token", TestService.TOKEN, header, value).statusCode())
        .isEqualTo(404);
  }

  @Test
  void ownOriginIsNotAnotherSite() {
    String cookie = service.cookie();
    String own = service.server().url().toString();
    assertThat(service.post(API, "{}", "Cookie", cookie, "Origin", own).statusCode())
        .isEqualTo(404);
    assertThat(
            service
                .post(API, "{}", "Cookie", cookie, "Origin", own.replace("http:", "https:"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void nobodyIsLoggedInByAnotherSite() {
    HttpResponse<String> answer =
        service.logIn("admin", TestService.PASSWORD, "Sec-Fetch-Site", "cross-site");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":\"this request comes from another web site\",\"error\":\"Forbidden\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/admin/login", API, "/admin/"})
  void everyAnswerTellsBrowsersWhatTheyMayNot(String path) {
    Map<String, List<String>> headers = service.get(path).headers().map();
    assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
    assertThat(headers.get("x-frame-options")).containsExactly("DENY");
    assertThat(headers.get("referrer-policy")).containsExactly("same-origin");
    assertThat(headers.get("x-xss-protection")).containsExactly("1; mode=block");
    assertThat(headers.get("cache-control").get(0)).contains("no-store");
    assertThat(headers.get("content-security-policy").get(0))
        .startsWith("default-src 'self';")
        .doesNotContain("unsafe");
    assertThat(headers).doesNotContainKeys("strict-transport-security", "server");
  }

  @Test
  void aTrustedProxyTellsWhetherItIsHttps() {
    try (TestService behind =
        TestService.start(
            home,
            Map.of("ADMIN_PASSWORD_HASH", TestService.HASH),
            options -> options.withTrustedProxies(List.of("127.0.0.1")))) {
      HttpResponse<String> answer =
          behind.logIn("admin", TestService.PASSWORD, "X-Forwarded-Proto", "https");
      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure;");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  @Test
  void anybodyElseDoesNot() {
    HttpResponse<String> answer =
        service.logIn("admin", TestService.PASSWORD, "X-Forwarded-Proto", "https");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("Secure");
    try (TestService own = TestService.start(home)) {
      for (int attempt = 0; attempt < 5; attempt++) {
        own.logIn("admin", "guess", "X-Forwarded-For", "192.0.2." + attempt);
      }
      assertThat(
              own.logIn("admin", TestService.PASSWORD, "X-Forwarded-For", "192.0.2.99")
                  .statusCode())
          .isEqualTo(429);
    }
  }
}
