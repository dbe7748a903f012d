package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServiceLogTest {
  @TempDir Path temp;

  @Test
  void everyLineIsAnObjectAndWhatARunSaysNamesItsExecution() throws Exception {
    TestServer server = TestServer.create(temp);
    Path store = server.addDestination("nas");
    Files.deleteIfExists(store);
    Files.writeString(store, "not a directory");
    Path log = temp.resolve("service.log");
    try (ServiceProcess service =
        ServiceProcess.start(server.root(), log, Map.of(), "--log-format", "json")) {
      server.run("schedule", "add", "often", "--interval", "seconds:1");
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).contains("failed"));
      service.stop();
    }
    List<JsonNode> lines =
        Files.readAllLines(log).stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines).isNotEmpty().allMatch(line -> line.path("message").isString());
    String execution =
        server
            .json("executions", "--status", "failed")
            .get("executions")
            .get(0)
            .get("execution_id")
            .asString();
    assertThat(lines)
        .filteredOn(line -> line.path("execution_id").asString().equals(execution))
        .isNotEmpty()
        .allMatch(line -> line.path("message").asString().contains("often"));
  }
}
