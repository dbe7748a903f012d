package org.tacvault.server.api.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.api.Api;
import tools.jackson.databind.JsonNode;

class RepeatsTest {
  private static final String TRIGGER = BACKUP + "/trigger";

  @TempDir Path directory;
  private LiveService service;
  private Api api;

  @BeforeEach
  void start() {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
    api.destination("main", directory.resolve("store"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aRequestThatIsSentAgainIsAnsweredAsTheFirstTimeAlsoAfterARestart() {
    Answer first = send(TRIGGER, "{\"comment\":\"x\"}", "key-1");
    api.ended(first.text("execution_id"));
    Answer second = send(TRIGGER, "{ \"comment\" : \"x\" }", "key-1");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
    service.close();
    service = LiveService.restart(service.home(), Map.of());
    assertThat(send(TRIGGER, "{\"comment\":\"x\"}", "key-1").body()).isEqualTo(first.body());
    assertThat(backups()).isEqualTo(1);
  }

  @Test
  void aKeyIsForOneRequest() {
    api.ended(send(TRIGGER, "{}", "key-1").text("execution_id"));
    Answer other = send(TRIGGER, "{\"comment\":\"y\"}", "key-1");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("detail")).contains("Idempotency-Key");
    assertThat(send(TRIGGER, "{}", "blank in it").status()).isEqualTo(422);
    assertThat(send(TRIGGER, "{}", "x".repeat(256)).status()).isEqualTo(422);
    assertThat(backups()).isEqualTo(1);
  }

  @Test
  void manyAtTheSameTimeAreOneRun() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      Callable<Answer> request = () -> send(TRIGGER, "{}", "key-1");
      List<Future<Answer>> answers =
          clients.invokeAll(List.of(request, request, request, request, request, request));
      String id = answers.get(0).get().text("execution_id");
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().text("execution_id")).isEqualTo(id);
      }
      api.ended(id);
      assertThat(backups()).isEqualTo(1);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void whatCameToNothingMayBeSentAgain() {
    String request = "{\"destination_id\":\"later\"}";
    assertThat(send(TRIGGER, request, "key-1").status()).isEqualTo(404);
    api.destination("later", directory.resolve("later"));
    Answer again = send(TRIGGER, request, "key-1");
    assertThat(again.status()).isEqualTo(200);
    api.ended(again.text("execution_id"));
  }

  @Test
  void aRestoreIsMadeOnceWhetherItWentWellOrNot() {
    JsonNode backup = api.backup("main");
    String path = json(backup.path("backup_path").asString());
    String restore =
        "{\"backup_path\":%s,\"destination_id\":\"main\",\"confirm\":true}".formatted(path);
    Answer first = send(BACKUP + "/restore", restore, "key-1");
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(send(BACKUP + "/restore", restore, "key-1").json()).isEqualTo(first.json());
    String broken = restore.replace("\"confirm\"", "\"components\":[\"users\"],\"confirm\"");
    damage(Path.of(backup.path("backup_path").asString()));
    Answer failed = send(BACKUP + "/restore", broken, "key-2");
    assertThat(failed.status()).isEqualTo(422);
    Answer again = send(BACKUP + "/restore", broken, "key-2");
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.json()).isEqualTo(failed.json());
    assertThat(service.get(BACKUP + "/executions?kind=restore").json().path("total").asInt())
        .isEqualTo(2);
  }

  private static void damage(Path archive) {
    try {
      byte[] bytes = Files.readAllBytes(archive);
      bytes[bytes.length / 2] ^= 1;
      Files.write(archive, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int backups() {
    return service.get(BACKUP + "/executions").json().path("total").asInt();
  }

  private Answer send(String path, String body, String key) {
    return service.send(
        "POST",
        path,
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/json",
        "Idempotency-Key",
        key);
  }
}
