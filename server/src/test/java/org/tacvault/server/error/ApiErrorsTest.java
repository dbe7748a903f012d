package org.tacvault.server.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import tools.jackson.databind.JsonNode;

class ApiErrorsTest {
  private static final String TRIGGER = BACKUP + "/trigger";
  private static LiveService service;

  @BeforeAll
  static void start(@TempDir Path directory) {
    service = LiveService.start(directory.resolve("home"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void anUnknownIdIsANotFoundThatBothKindsOfClientsUnderstand() {
    Answer answer = service.get(BACKUP + "/executions/no-such-id");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"detail\":\"Execution not found\",\"error\":\"Not found\"}");
  }

  @Test
  void anUnknownRouteIsANotFoundInJson() {
    Answer answer = service.get("/api/admin/backup/nothing/here");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("error")).isEqualTo("Not found");
  }

  @Test
  void aWrongMethodSaysWhichAreAllowed() {
    Answer answer = service.put(TRIGGER, "{}");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    assertThat(answer.text("error")).isEqualTo("Method not allowed");
  }

  @Test
  void aWrongMediaTypeIsRefused() {
    Answer answer =
        service.send("POST", TRIGGER, BodyPublishers.ofString("a=b"), "Content-Type", "text/plain");
    assertThat(answer.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{              | json_invalid    | 0",
        "{\"comment\":5} | string_type     | comment",
        "{\"comment\":true} | string_type     | comment",
        "{\"comment\":[]} | string_type     | comment",
        "{\"coment\":\"x\"} | extra_forbidden | coment",
        "{\"comment\":\"a\",\"comment\":\"b\"} | json_invalid | 0",
        "[]             | dict_type       | body",
        "\"text\"       | dict_type       | body",
        "{} {}          | json_invalid    | 0",
      })
  void aBodyThatIsNotValidIsToldInTheFormOfFastApi(String body, String type, String last) {
    Answer answer = service.post(TRIGGER, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    JsonNode violation = answer.json().path("detail").path(0);
    assertThat(violation.path("type").asString()).as(answer.body()).isEqualTo(type);
    assertThat(violation.path("loc").path(0).asString()).isEqualTo("body");
    JsonNode place = violation.path("loc");
    if (!type.equals("json_invalid")) {
      assertThat(place.path(place.size() - 1).asString()).isEqualTo(last);
    }
    assertThat(violation.path("msg").asString()).isNotBlank();
    assertThat(violation.has("input")).isTrue();
  }

  @Test
  void aParameterThatIsNotANumberIsNamed() {
    JsonNode violation =
        service.get(BACKUP + "/executions?limit=many").json().path("detail").path(0);
    assertThat(violation.toString())
        .isEqualTo(
            "{\"type\":\"int_parsing\",\"loc\":[\"query\",\"limit\"],\"msg\":\"Input should be a"
                + " valid integer, unable to parse string as an integer\",\"input\":\"many\"}");
  }

  @Test
  void aNumberOutOfItsBoundsIsNamed() {
    Answer answer = service.get(BACKUP + "/executions?limit=-1&offset=-5");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("detail").findValuesAsString("type"))
        .containsExactly("greater_than_equal", "greater_than_equal");
    assertThat(answer.body()).contains("[\"query\",\"limit\"]", "[\"query\",\"offset\"]");
  }

  @Test
  void deepJsonIsRefusedBeforeItCostsAnything() {
    Answer answer = service.post(TRIGGER, "{\"comment\":" + "[".repeat(100_000));
    assertThat(answer.status()).isEqualTo(422);
  }

  @Test
  void aLargeBodyIsRefusedByItsLength() {
    Answer answer = service.post(TRIGGER, "{\"comment\":\"" + "x".repeat(2 << 20) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text("error")).isEqualTo("Content too large");
  }

  @Test
  void aLargeBodyIsRefusedAlsoWhenNobodySaidItsLength() {
    byte[] large =
        ("{\"comment\":\"" + "x".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    Answer answer =
        service.send(
            "POST",
            TRIGGER,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
            "Content-Type",
            "application/json");
    assertThat(answer.status()).isEqualTo(413);
  }

  @Test
  void aLongInputIsNotEchoedWhole() {
    Answer answer = service.get(BACKUP + "/executions?limit=" + "9".repeat(3_000));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().length()).isLessThan(500);
  }

  @Test
  void whatTheContainerRefusesIsTheServicesErrorToo() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", service.url("").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "at org.");
    }
  }
}
