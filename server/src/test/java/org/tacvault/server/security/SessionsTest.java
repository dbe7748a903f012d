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
}
