package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands about jobs beside a running service, each in a process of its own. */
class ScheduleProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;
  private TestServer server;
  private ServiceProcess service;

  @BeforeEach
  void startService() throws IOException {
    server = TestServer.create(temp);
    server.addDestination("nas");
    service = serve();
  }

  @AfterEach
  void endService() {
    service.close();
  }

  @Test
  void changesThatAreMadeBesideAServiceTakeEffectAtOnceAndOutliveIt() throws Exception {
    JsonNode added = schedule("add", "often", "--interval", "seconds:1");
    assertThat(added.get("status").asString()).isEqualTo("scheduled");
    await().atMost(PATIENCE).until(() -> ran("often"));
    assertThat(schedule("list").get("scheduler_running").asBoolean()).isTrue();
    assertThat(schedule("pause", "often").get("status").asString()).isEqualTo("paused");
    service.stop();
    String before = schedule("show", "often").get("last_execution_id").asString();
    service = serve();
    schedule("resume", "often");
    await()
        .atMost(PATIENCE)
        .until(() -> !schedule("show", "often").get("last_execution_id").asString().equals(before));
    schedule("remove", "often");
    assertThat(service.stop()).contains("Job 'often'", "Stopped").doesNotContain("ERROR");
  }

  @Test
  void aJobThatIsRunBesideAServiceExcludesTheServicesOwnRun() throws Exception {
    schedule("add", "hand", "--manual");
    JsonNode ran = schedule("run", "hand");
    assertThat(Path.of(ran.get("path").asString())).isRegularFile();
    assertThat(schedule("show", "hand").get("last_status").asString()).isEqualTo("completed");
    assertThat(service.stop()).doesNotContain("ERROR");
  }

  private boolean ran(String job) throws Exception {
    return "completed".equals(schedule("show", job).get("last_status").asString());
  }

  /** Its JSON document must be all that the command prints. */
  private JsonNode schedule(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 4];
    all[0] = "schedule";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--json";
    all[arguments.length + 2] = "--home";
    all[arguments.length + 3] = server.root();
    ChildRun run = ChildRun.of(ChildRun.java(List.of(), all));
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.err()).isEmpty();
    return JsonMapper.shared().readTree(run.out());
  }

  private ServiceProcess serve() throws IOException {
    return ServiceProcess.start(server.root(), temp.resolve("service.log"), Map.of());
  }
}
