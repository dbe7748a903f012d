package org.tacvault.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.TestService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionsTest {
  private static final String PAGE = "/admin/";
  private static final String CONFIG =
      "[admin]\nusername = operator\npassword_hash = "
          + TestService.HASH
          + "\nsession_timeout_minutes = 5\n";

  @TempDir Path home;

  @Test
  void theConfiguredTimeoutEndsAnIdleSessionAndUseProlongsIt() throws IOException {
    TestService.configure(home, CONFIG);
    try (TestService service = TestService.start(home, Map.of())) {
      HttpResponse<String> login = service.logIn("operator", TestService.PASSWORD);
      assertThat(login.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=300;");
      String cookie = TestService.cookieOf(login);
      service.pass(Duration.ofMinutes(4));
      HttpResponse<String> used = service.get(PAGE, "Cookie", cookie);
      assertThat(used.statusCode()).isEqualTo(200);
      assertThat(used.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith(cookie + "; Path=/; Max-Age=300;");
      service.pass(Duration.ofMinutes(4));
      assertThat(service.get(PAGE, "Cookie", cookie).statusCode()).isEqualTo(200);
      service.pass(Duration.ofMinutes(5));
      assertThat(service.get(PAGE, "Cookie", cookie).statusCode()).isEqualTo(307);
    }
  }

  @Test
  void nobodyStaysForEver() {
    try (TestService service = TestService.start(home)) {
      String cookie = service.cookie();
      for (int half = 1; half < 24; half++) {
        service.pass(Duration.ofMinutes(30));
        assertThat(service.get(PAGE, "Cookie", cookie).statusCode()).isEqualTo(200);
      }
      service.pass(Duration.ofMinutes(30));
      assertThat(service.get(PAGE, "Cookie", cookie).statusCode()).isEqualTo(307);
    }
  }

  @Test
  void severalSessionsAreOpenAtOnceUpToALimit() {
    try (TestService service = TestService.start(home)) {
      List<String> cookies = new ArrayList<>();
      for (int session = 0; session <= AdminSessions.MOST; session++) {
        cookies.add(service.cookie());
        service.pass(Duration.ofSeconds(1));
      }
      assertThat(cookies).doesNotHaveDuplicates();
      assertThat(service.get(PAGE, "Cookie", cookies.get(0)).statusCode()).isEqualTo(307);
      assertThat(service.get(PAGE, "Cookie", cookies.get(1)).statusCode()).isEqualTo(200);
      assertThat(service.get(PAGE, "Cookie", cookies.get(AdminSessions.MOST)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aChangedPasswordEndsTheSessionsOfBefore() throws IOException {
    TestService.configure(home, CONFIG);
    try (TestService service = TestService.start(home, Map.of())) {
      String cookie = TestService.cookieOf(service.logIn("operator", TestService.PASSWORD));
      String changed = PasswordHash.of("another password");
      TestService.configure(home, CONFIG.replace(TestService.HASH, changed));
      service.pass(Duration.ofSeconds(5));
      assertThat(service.get(PAGE, "Cookie", cookie).statusCode()).isEqualTo(307);
      assertThat(service.logIn("operator", TestService.PASSWORD).statusCode()).isEqualTo(401);
      assertThat(service.logIn("operator", "another password").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void sessionsAreListedWithoutTheirSecretsAndClosed() {
    try (TestService service = TestService.start(home)) {
      String mine = service.cookie();
      String other = service.cookie();
      HttpResponse<String> list = service.get("/api/admin/sessions", "Cookie", mine);
      JsonNode sessions = JsonMapper.shared().readTree(list.body()).path("sessions");
      assertThat(sessions.size()).isEqualTo(2);
      assertThat(list.body())
          .contains("\"username\":\"admin\"", "\"address\":\"127.0.0.1\"")
          .doesNotContain(mine.substring("admin_session=".length()));
      String id = "";
      for (JsonNode session : sessions) {
        id = session.path("current").asBoolean() ? id : session.path("id").asString();
      }
      String path = "/api/admin/sessions/" + id;
      assertThat(service.send("DELETE", path, null, "Cookie", mine).statusCode()).isEqualTo(200);
      assertThat(service.send("DELETE", path, null, "Cookie", mine).statusCode()).isEqualTo(404);
      assertThat(service.get(PAGE, "Cookie", other).statusCode()).isEqualTo(307);
      assertThat(service.get(PAGE, "Cookie", mine).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void allOtherSessionsAreClosedAtOnce() {
    try (TestService service = TestService.start(home)) {
      String other = service.cookie();
      String mine = service.cookie();
      HttpResponse<String> closed =
          service.post("/api/admin/sessions/logout-others", "", "Cookie", mine);
      assertThat(closed.body()).isEqualTo("{\"success\":true,\"closed\":1}");
      assertThat(service.get(PAGE, "Cookie", other).statusCode()).isEqualTo(307);
      assertThat(service.get(PAGE, "Cookie", mine).statusCode()).isEqualTo(200);
    }
  }
}
