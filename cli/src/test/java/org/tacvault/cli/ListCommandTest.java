package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.io.Directories;
import tools.jackson.databind.JsonNode;

class ListCommandTest {
  @TempDir Path temp;
  private TestServer server;

  @BeforeEach
  void createServer() throws Exception {
    server = TestServer.create(temp);
  }

  @Test
  void showsTheNewestFirst() {
    server.addDestination("daily");
    String first = server.backUp();
    TestServer later = server.with(server.shell().at(Shell.NOW.plus(Duration.ofHours(3))));
    String second = later.backUp();
    List<String> lines = later.run("list").out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("TAKEN +INSTANCE +TYPE +SIZE +ENCRYPTED +PATH");
    assertThat(lines.get(1))
        .matches("just now +tacacs-sample +manual +[\\d.]+ KiB +no +\\Q" + second + "\\E");
    assertThat(lines.get(2)).startsWith("3 hours ago").endsWith(first);
  }

  @Test
  void jsonHoldsWhatTheTableHolds() throws Exception {
    server.addDestination("daily");
    String path = server.backUp();
    JsonNode backup = server.json("list").get("backups").get(0);
    assertThat(backup.get("destination").asString()).isEqualTo("daily");
    assertThat(backup.get("instance").asString()).isEqualTo("tacacs-sample");
    assertThat(backup.get("type").asString()).isEqualTo("manual");
    assertThat(backup.get("taken_at").asString()).isEqualTo("2026-11-23T03:00:00Z");
    assertThat(backup.get("size_bytes").asLong()).isEqualTo(Files.size(Path.of(path)));
    assertThat(backup.get("encrypted").asBoolean()).isFalse();
    assertThat(backup.get("path").asString()).isEqualTo(path);
  }

  @Test
  void destinationThatFailsIsAnErrorBesideTheOthers() throws Exception {
    Path lost = server.addDestination("lost");
    server.addDestination("daily");
    String path = server.json("backup", "--destination", "daily").get("path").asString();
    Directories.delete(lost);
    CommandRun run = server.run("list");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.out()).contains(path);
    assertThat(run.err()).contains("error: lost: ", "hint: check that the disk is mounted");
    JsonNode document = server.json("list");
    assertThat(document.get("backups")).hasSize(1);
    assertThat(document.get("errors").get(0).get("destination").asString()).isEqualTo("lost");
    assertThat(document.get("errors").get(0).get("exit_code").asInt()).isEqualTo(10);
    assertThat(server.run("list", "--destination", "daily").exitCode()).isZero();
  }

  @Test
  void directoryIsListedWithoutAServer() throws Exception {
    server.run("backup", "--to", "store");
    Path renamed = server.shell().directory().resolve("store/old.tar.gz.age");
    Files.write(renamed, new byte[5]);
    CommandRun run = server.shell().run("list", "--from", "store", "--json");
    assertThat(run.exitCode()).isZero();
    JsonNode backups = TestServer.parse(run).get("backups");
    assertThat(backups).hasSize(2);
    assertThat(backups.findValuesAsString("encrypted")).containsExactlyInAnyOrder("true", "false");
    CommandRun ofOther = server.shell().run("list", "--from", "store", "--instance", "other");
    assertThat(ofOther.out()).isEqualTo("No backups\n");
    CommandRun ofThis =
        server.shell().run("list", "--from", "store", "--instance", "tacacs-sample");
    assertThat(ofThis.out().lines()).hasSize(2);
    assertThat(server.shell().run("list", "--from", "nowhere").exitCode()).isEqualTo(10);
  }

  @Test
  void withoutDestinationsANoteTellsWhereToLook() {
    CommandRun run = server.run("list");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("No backups\n");
    assertThat(run.err()).contains("No destination is enabled", "--from DIR");
  }

  @Test
  void listsWhatIsThereWhenTheConfigurationIsBroken() throws Exception {
    server.addDestination("daily");
    String path = server.backUp();
    Files.writeString(server.home().configFile(), "[server\nbroken");
    assertThat(server.run("list").out()).contains(path);
  }
}
