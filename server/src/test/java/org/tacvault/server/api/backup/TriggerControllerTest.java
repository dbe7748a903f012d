package org.tacvault.server.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tacvault.server.LiveService.BACKUP;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import tools.jackson.databind.JsonNode;

class TriggerControllerTest {
  @TempDir Path directory;

  @Test
  void aBackupIsThereWhenTheAnswerIsAndIsFollowedToItsEnd() {
    try (LiveService service = LiveService.start(directory.resolve("home"))) {
      String destination = add(service, "daily");
      Answer started =
          service.post(
              BACKUP + "/trigger",
              "{\"destination_id\":\"" + destination + "\",\"comment\":\"Pre-upgrade backup\"}");
      assertThat(started.status()).as(started.body()).isEqualTo(200);
      assertThat(started.text("status")).isEqualTo("started");
      assertThat(started.text("message")).isEqualTo("Backup job started in background");
      String id = started.text("execution_id");
      assertThat(service.get(BACKUP + "/executions/" + id).status()).isEqualTo(200);

      JsonNode done = ended(service, id);
      assertThat(done.path("status").asString()).isEqualTo("completed");
      assertThat(done.path("comment").asString()).isEqualTo("Pre-upgrade backup");
      assertThat(done.path("triggered_by").asString()).isEqualTo("manual:api-token");
      assertThat(done.path("backup_type").asString()).isEqualTo("manual");
      assertThat(done.path("progress").isNull()).isTrue();
      assertThat(done.path("manifest").path("contents").size())
          .isEqualTo(done.path("files_included").asInt());
      assertThat(done.path("completed_at").asString())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");

      JsonNode page = service.get(BACKUP + "/executions").json();
      assertThat(page.path("executions").path(0).path("id").asString()).isEqualTo(id);
      assertThat(page.path("total").asInt()).isEqualTo(1);
      assertThat(service.get(BACKUP + "/executions?kind=restore").json().path("executions"))
          .isEmpty();
      assertThat(service.delete(BACKUP + "/executions/" + id).status()).isEqualTo(409);
    }
  }

  @Test
  void withoutADestinationTheOnlyEnabledOneIsMeantAndElseNone() {
    try (LiveService service = LiveService.start(directory.resolve("home"))) {
      assertThat(service.post(BACKUP + "/trigger", "{}").status()).isEqualTo(422);
      add(service, "one");
      String id = service.post(BACKUP + "/trigger", "{}").text("execution_id");
      assertThat(ended(service, id).path("status").asString()).isEqualTo("completed");
      add(service, "two");
      Answer ambiguous = service.post(BACKUP + "/trigger", "{}");
      assertThat(ambiguous.status()).isEqualTo(422);
      assertThat(ambiguous.body()).contains("[\"body\",\"destination_id\"]");
    }
  }

  private String add(LiveService service, String name) {
    try (BackupEngine engine = BackupEngine.open(service.home().root())) {
      Map<String, Object> config = Map.of("base_path", directory.resolve(name).toString());
      return engine
          .destinations()
          .add(NewDestination.keepingDays(name, "local", config, 30, Instant.now(), "test"))
          .id();
    }
  }

  private static JsonNode ended(LiveService service, String id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> service.get(BACKUP + "/executions/" + id).json(),
            execution -> !execution.path("status").asString().equals("running"));
  }
}
