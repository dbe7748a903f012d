package org.tacvault.server.api.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.TestService;
import org.tacvault.server.api.Api;
import tools.jackson.databind.JsonNode;

class EventsControllerTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  @TempDir Path directory;
  private LiveService service;
  private Api api;
  private String destination;

  @BeforeEach
  void start() {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
    destination = api.destination("main", directory.resolve("store"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aRunIsFollowedToItsEndByWhoeverComesLateToo() throws Exception {
    String id;
    CompletableFuture<HttpResponse<Void>> stream;
    try (ProcessLock ignored = snapshotsWait()) {
      id = trigger();
      JsonNode running = awaitStage(id, "snapshot");
      assertThat(running.path("status").asString()).isEqualTo("running");
      assertThat(running.path("progress").path("total_bytes").isNull()).isTrue();
      stream = follow(id);
      await().until(() -> lines.contains("event:stage"));
      assertThat(lines).anyMatch(line -> line.contains("\"stage\":\"snapshot\""));
    }
    assertThat(stream.get().headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    int done = lines.indexOf("event:done");
    assertThat(done).isPositive();
    assertThat(lines.get(done + 1)).contains("\"status\":\"completed\"", id);
  }

  @Test
  void whatHasEndedIsToldAtOnce() throws Exception {
    String id = api.backup(destination).path("id").asString();
    follow(id).get();
    assertThat(lines).contains("event:done");
    assertThat(service.get(BACKUP + "/executions/none/events").status()).isEqualTo(404);
  }

  @Test
  void anOpenStreamDoesNotKeepTheServiceFromStopping() throws Exception {
    try (ProcessLock ignored = snapshotsWait()) {
      String id = trigger();
      awaitStage(id, "snapshot");
      CompletableFuture<HttpResponse<Void>> stream = follow(id);
      await().until(() -> !lines.isEmpty());
      service.delete(BACKUP + "/executions/" + id);
      long begun = System.nanoTime();
      service.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      assertThat(stream).isDone();
    }
  }

  @Test
  void aCancelledRunEndsAsCancelledAndLeavesNoArchive() throws Exception {
    try (ProcessLock ignored = snapshotsWait()) {
      String id = trigger();
      awaitStage(id, "snapshot");
      Answer cancelling = service.delete(BACKUP + "/executions/" + id);
      assertThat(cancelling.status()).isEqualTo(202);
      JsonNode ended = api.ended(id);
      assertThat(ended.path("status").asString()).isEqualTo("cancelled");
      assertThat(ended.path("completed_at").isNull()).isFalse();
    }
    assertThat(service.get(BACKUP + "/list").json().path("backups")).isEmpty();
    assertThat(service.get(BACKUP + "/executions?status=cancelled").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(service.delete(BACKUP + "/executions/none").status()).isEqualTo(404);
  }

  @Test
  void aSecondBackupToTheSameDestinationIsToldWhoHoldsIt() throws Exception {
    try (ProcessLock ignored = snapshotsWait()) {
      String id = trigger();
      awaitStage(id, "snapshot");
      Answer busy =
          service.post(BACKUP + "/trigger", "{\"destination_id\":" + json(destination) + "}");
      assertThat(busy.status()).isEqualTo(423);
      assertThat(busy.text("detail")).contains("another backup is running: backup by ");
      service.delete(BACKUP + "/executions/" + id);
      api.ended(id);
    }
  }

  /** No snapshot is taken as long as a restore is being applied; this stands for one. */
  private ProcessLock snapshotsWait() throws Exception {
    Path lock = service.home().locks().resolve("live-data.lock");
    return ProcessLock.tryAcquire(lock, "test").orElseThrow();
  }

  private String trigger() {
    Answer started =
        service.post(BACKUP + "/trigger", "{\"destination_id\":" + json(destination) + "}");
    assertThat(started.status()).as(started.body()).isEqualTo(200);
    return started.text("execution_id");
  }

  private JsonNode awaitStage(String id, String stage) {
    return await()
        .until(
            () -> service.get(BACKUP + "/executions/" + id).json(),
            execution -> execution.path("progress").path("stage").asString("").equals(stage));
  }

  private CompletableFuture<HttpResponse<Void>> follow(String id) {
    HttpRequest request =
        HttpRequest.newBuilder(service.url(BACKUP + "/executions/" + id + "/events"))
            .header("X-API-Token", TestService.TOKEN)
            .header("Accept", "text/event-stream")
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new LineCollector(lines)));
  }
}
