package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.NewExecution;
import tools.jackson.databind.JsonNode;

/** {@code executions}, {@code status} and {@code recover}. */
class HealthCommandsTest {
  @TempDir Path temp;
  private TestServer server;

  @BeforeEach
  void createServer() throws Exception {
    server = TestServer.create(temp);
  }

  @Test
  void serverWithoutBackupNeedsAttention() {
    CommandRun run = server.run("status");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).startsWith("tacacs-sample (" + server.root() + "): needs attention");
    assertThat(run.err()).isEqualTo("warning: there is no good backup of this server\n");
  }

  @Test
  void backedUpServerIsHealthy() {
    server.addDestination("daily");
    String path = server.backUp();
    CommandRun run = server.run("status");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(": healthy", path, "daily (local): last backup just now, success");
    JsonNode status = server.json("status");
    assertThat(status.get("healthy").asBoolean()).isTrue();
    assertThat(status.get("last_backup").get("path").asString()).isEqualTo(path);
  }

  @Test
  void failedBackupAfterAGoodOneNeedsAttention() throws Exception {
    server.addDestination("daily");
    String path = server.backUp();
    Files.write(server.home().data().resolve("devices.db"), new byte[10_000]);
    TestServer later = server.with(server.shell().at(Shell.NOW.plusSeconds(60)));
    assertThat(later.run("backup").exitCode()).isEqualTo(20);
    CommandRun run = later.run("status");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains(path);
    assertThat(run.err()).contains("warning: the last backup failed: ", "devices.db");
  }

  @Test
  void brokenConfigurationNeedsAttentionAndHidesNothing() throws Exception {
    server.addDestination("daily");
    String path = server.backUp();
    Files.writeString(server.home().configFile(), "[server\nbroken");
    JsonNode status = server.json("status");
    assertThat(status.get("instance").asString()).isEqualTo("tacacs-sample");
    assertThat(status.get("last_backup").get("path").asString()).isEqualTo(path);
    assertThat(status.get("warnings").get(0).asString()).contains("tacacs.conf");
  }

  @Test
  void executionsAreFilteredAndLimited() {
    server.addDestination("daily");
    server.backUp();
    server.run("verify", "--latest");
    server.run("verify", "--latest");
    assertThat(server.json("executions").get("executions")).hasSize(3);
    JsonNode verifications = server.json("executions", "--kind", "verify", "--limit", "1");
    assertThat(verifications.get("executions")).hasSize(1);
    assertThat(server.run("executions", "--status", "failed").out()).isEqualTo("No executions\n");
    assertThat(server.run("executions").out().lines()).hasSize(4);
    CommandRun wrong = server.run("executions", "--kind", "backups");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("hint: one of: backup, restore, verify, retention");
    assertThat(server.run("executions", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void oneExecutionIsShownWithAllThatIsKnown() {
    server.addDestination("daily");
    String path = server.backUp();
    String id = server.json("executions").get("executions").get(0).get("execution_id").asString();
    CommandRun run = server.run("executions", id);
    assertThat(run.out())
        .startsWith("backup " + id + ": completed\n")
        .contains(path, "snapshot", "tacacs-sample", "daily", "sha256");
    CommandRun unknown = server.run("executions", "no-such-id");
    assertThat(unknown.exitCode()).isEqualTo(10);
  }

  @Test
  void recoverSaysThatThereWasNothing() {
    CommandRun run = server.run("recover");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("Nothing to recover in " + server.root() + "\n");
    assertThat(server.json("recover").get("restore").isNull()).isTrue();
  }

  @Test
  void recoverMarksWhatADeadProcessLeft() throws Exception {
    String id = beginAsADeadProcess();
    Files.createDirectories(server.home().data().resolve("backup_temp/work-left"));
    JsonNode recovered = server.json("recover");
    assertThat(recovered.get("interrupted").get(0).asString()).isEqualTo(id);
    assertThat(recovered.get("removed_work_directories").asInt()).isEqualTo(1);
    assertThat(server.json("executions", id).get("status").asString()).isEqualTo("failed");
    assertThat(server.run("recover").out()).startsWith("Nothing to recover");
  }

  @Test
  void everyCommandTellsWhatItsStartRepaired() {
    String id = beginAsADeadProcess();
    CommandRun run = server.run("executions");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("Marked as failed: backup " + id + ", whose process is gone\n");
    beginAsADeadProcess();
    assertThat(server.run("executions", "--quiet").err()).isEmpty();
  }

  private String beginAsADeadProcess() {
    return server.engine(
        engine ->
            engine
                .catalog()
                .begin(
                    new NewExecution(
                        ExecutionKind.BACKUP,
                        null,
                        "manual",
                        "test",
                        null,
                        "tacacs-sample",
                        Set.of(),
                        "999999@nowhere",
                        Shell.NOW,
                        null)));
  }
}
