package org.tacvault.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;

class MetricsTest {
  @TempDir Path temp;

  @Test
  void tellWhatBackupsThereAreWithoutAskingTheDestination() throws IOException {
    try (LiveService service = LiveService.start(temp.resolve("home"))) {
      assertThat(metrics(service))
          .contains("tacacs_backup_catalog_up 1.0")
          .anyMatch(line -> line.startsWith("tacacs_backup_build_info{"))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .contains("tacacs_backup_runs_total{kind=\"backup\",status=\"completed\"} 0.0")
          .noneMatch(line -> line.startsWith("tacacs_backup_last_success_timestamp_seconds{"))
          .contains("tacacs_backup_overdue{destination=\"\",job=\"retention_enforcement\"} 0.0");
      Path store = temp.resolve("store");
      service.post(
          LiveService.BACKUP + "/destinations",
          "{\"name\":\"main \\\"store\\\"\",\"type\":\"local\",\"config\":{\"base_path\":\"%s\"}}"
              .formatted(store));
      String id =
          service
              .post(LiveService.BACKUP + "/trigger", "{\"destination_id\":\"main \\\"store\\\"\"}")
              .text("execution_id");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  service
                      .get(LiveService.BACKUP + "/executions/" + id)
                      .text("status")
                      .equals("completed"));
      // Nothing that is asked for now is answered from there.
      Files.move(store, temp.resolve("gone"));
      String of = "{destination=\"main \\\"store\\\"\"} ";
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(metrics(service))
                      .contains(
                          "tacacs_backup_runs_total{kind=\"backup\",status=\"completed\"} 1.0",
                          "tacacs_backup_last_run_status" + of + "1.0",
                          "tacacs_backup_destination_up" + of + "1.0",
                          "tacacs_backup_destination_enabled" + of + "1.0",
                          "tacacs_backup_running{kind=\"backup\"} 0.0",
                          "tacacs_backup_scheduler_up 1.0")
                      .anyMatch(
                          line ->
                              line.startsWith("tacacs_backup_last_success_timestamp_seconds" + of))
                      .anyMatch(
                          line -> line.startsWith("tacacs_backup_last_success_age_seconds" + of))
                      .anyMatch(line -> line.startsWith("tacacs_backup_duration_seconds" + of))
                      .anyMatch(line -> line.startsWith("tacacs_backup_size_bytes" + of)));
    }
  }

  @Test
  void aCatalogThatCannotBeReadIsSaidAndNothingIsMadeUp() throws IOException {
    try (LiveService service = LiveService.start(temp.resolve("home"))) {
      Files.writeString(service.home().catalogDatabase(), "no database any more");
      assertThat(metrics(service))
          .contains("tacacs_backup_catalog_up 0.0")
          .noneMatch(line -> line.startsWith("tacacs_backup_runs_total{"));
    }
  }

  @Test
  void areOpenAndInTheFormatThatIsAskedFor() {
    try (LiveService service = LiveService.start(temp.resolve("home"))) {
      LiveService.Answer answer = service.get("/metrics");
      assertThat(answer.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/plain")
          .contains("version=0.0.4");
    }
  }

  private static List<String> metrics(LiveService service) {
    LiveService.Answer answer = service.get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().lines().toList();
  }
}
