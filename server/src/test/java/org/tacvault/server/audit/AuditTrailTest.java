package org.tacvault.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.TestService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailTest {
  private static final String AUDIT = "/api/admin/audit";
  private static final String SESSIONS = "/api/admin/sessions";

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
  void aLoginAndAChangeAreThereWithWhoFromWhereAndWhat() {
    HttpResponse<String> login =
        service.logIn("admin", TestService.PASSWORD, "User-Agent", "test/1");
    String cookie = TestService.cookieOf(login);
    service.post(SESSIONS + "/logout-others", "", "Cookie", cookie, "X-Correlation-ID", "ticket-7");
    JsonNode events = events("");
    assertThat(events.size()).isEqualTo(2);
    JsonNode change = events.get(0);
    assertThat(text(change, "time")).isEqualTo("2026-11-29T01:30:00.000000+00:00");
    assertThat(text(change, "who")).isEqualTo("admin");
    assertThat(text(change, "address")).isEqualTo("127.0.0.1");
    assertThat(text(change, "action")).isEqualTo("POST " + SESSIONS + "/logout-others");
    assertThat(change.path("status").asInt()).isEqualTo(200);
    assertThat(text(change, "outcome")).isEqualTo("succeeded");
    assertThat(text(change, "correlation_id")).isEqualTo("ticket-7");
    JsonNode loggedIn = events.get(1);
    assertThat(text(loggedIn, "who")).isEqualTo("admin");
    assertThat(text(loggedIn, "detail")).isEqualTo("logged in");
    assertThat(text(loggedIn, "user_agent")).isEqualTo("test/1");
    assertThat(text(loggedIn, "session"))
        .isEqualTo(text(change, "session"))
        .matches("[0-9a-f]{12}");
  }

  @Test
  void whatAChangeWasAboutIsNamedAndItsFailureToo() {
    service.send("DELETE", SESSIONS + "/no%20such", null, "X-API-Token", TestService.TOKEN);
    JsonNode event = events("").get(0);
    assertThat(text(event, "who")).isEqualTo("api-token");
    assertThat(text(event, "action")).isEqualTo("DELETE " + SESSIONS + "/{id}");
    assertThat(text(event, "resource")).isEqualTo("id=no such");
    assertThat(text(event, "outcome")).isEqualTo("failed");
    assertThat(event.path("status").asInt()).isEqualTo(404);
  }

  @Test
  void readingIsNotRecorded() {
    service.get(AUDIT, "X-API-Token", TestService.TOKEN);
    service.get("/health");
    service.get("/admin/login");
    assertThat(events("").size()).isZero();
  }

  @Test
  void everyDeniedAttemptIsThereOnceAndThenAsANumber() {
    for (int attempt = 0; attempt < 7; attempt++) {
      service.logIn("admin", "guess" + attempt);
    }
    service.get("/api/admin/backup/destinations");
    service.post("/api/admin/backup/trigger", "{}", "X-API-Token", "guess");
    stop();
    service = TestService.start(home);
    JsonNode denied = events("?outcome=denied");
    // 401 first, then 4 bad logins and 2 requests more; 429 first, then 1 more.
    assertThat(denied.size()).isEqualTo(4);
    int times = 0;
    for (JsonNode event : denied) {
      assertThat(text(event, "who")).isEqualTo("anonymous");
      times += event.path("times").asInt();
    }
    assertThat(times).isEqualTo(9);
  }

  @Test
  void noPasswordTokenOrBodyIsWrittenDown() throws Exception {
    service.logIn("Typed-My-Password-Here", "Typed-My-Password-Here");
    service.logIn("admin", "Typed-My-Password-Here");
    service.get(AUDIT, "X-API-Token", "Typed-My-Password-Here");
    service.post(AUDIT, "Typed-My-Password-Here", "X-API-Token", TestService.TOKEN);
    service.cookie();
    stop();
    try (Stream<Path> files = Files.walk(home.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content)
            .as(file.toString())
            .doesNotContain("Typed-My-Password-Here", TestService.TOKEN, TestService.PASSWORD);
      }
    }
    service = TestService.start(home);
    assertThat(events("").size()).isPositive();
  }

  @Test
  void filtersAndPartsWorkAndTheAliasToo() {
    service.cookie();
    service.post("/admin/logout", "");
    service.get("/api/x");
    assertThat(events("?who=admin").size()).isEqualTo(1);
    assertThat(events("?action=LOGOUT").size()).isEqualTo(1);
    assertThat(events("?outcome=denied").size()).isEqualTo(1);
    assertThat(events("?since=2026-11-29T01:30:00%2B00:00").size()).isEqualTo(3);
    assertThat(events("?until=2026-11-29T01:30:00Z").size()).isZero();
    JsonNode page = json("/api/admin/backup/audit?limit=1&offset=1");
    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("events").size()).isEqualTo(1);
    for (String wrong : List.of("limit=0", "limit=x", "offset=-1", "outcome=x", "since=noon")) {
      HttpResponse<String> refused =
          service.get(AUDIT + "?" + wrong, "X-API-Token", TestService.TOKEN);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(422);
      assertThat(refused.body()).contains("\"" + wrong.split("=")[0] + "\"");
    }
  }

  @Test
  void aLogThatCannotBeWrittenDoesNotChangeTheAnswer() throws Exception {
    service.cookie();
    try (Connection catalog =
            DriverManager.getConnection(
                "jdbc:sqlite:" + home.resolve("data/backup_executions.db"));
        Statement statement = catalog.createStatement()) {
      statement.execute("DROP TABLE tacvault_audit_log");
    }
    assertThat(service.logIn("admin", TestService.PASSWORD).statusCode()).isEqualTo(200);
  }

  private JsonNode events(String query) {
    return json(AUDIT + query).path("events");
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = service.get(path, "X-API-Token", TestService.TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String text(JsonNode event, String field) {
    return event.path(field).asString();
  }
}
