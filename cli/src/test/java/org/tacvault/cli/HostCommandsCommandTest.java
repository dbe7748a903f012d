package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands that stop and start the server, as a person and a program see them. */
class HostCommandsCommandTest {
  @TempDir Path temp;
  private TestServer server;
  private Path stop;
  private Path start;

  @BeforeEach
  void backUp() throws Exception {
    server = TestServer.create(temp);
    server.addDestination("daily");
    stop = script("stop", "echo stopped");
    start = script("start", "echo started");
    configure("stop_command = " + stop + " --password=hunter2", "start_command = " + start);
    server.backUp();
  }

  @Test
  void aDryRunNamesThem() {
    CommandRun run = server.run("restore", "--latest", "--dry-run");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "\nCommands\n  stop   " + stop + " --password=********\n  start  " + start + "\n");
    JsonNode commands = server.json("restore", "--latest", "--dry-run").get("plan").get("commands");
    assertThat(commands).hasSize(2);
    assertThat(commands.get(1).get("name").asString()).isEqualTo("start");
    assertThat(commands.get(1).get("command").asString()).isEqualTo(start.toString());
  }

  @Test
  void aRestoreTellsWhatWasRunAndTheExecutionKeepsIt() {
    CommandRun run = server.run("restore", "--latest", "--confirm");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\n  start      " + start + ": exit code 0, ")
        .contains("\nThe TACACS+ server was brought up with this\n");
    JsonNode result = server.json("restore", "--latest", "--confirm").get("result");
    assertThat(result.get("restart_required").asBoolean()).isFalse();
    assertThat(result.get("commands")).hasSize(2);
    String id = result.get("execution_id").asString();
    JsonNode command = server.json("executions", id).get("commands").get(0);
    assertThat(command.get("name").asString()).isEqualTo("stop");
    assertThat(command.get("exit").asInt()).isZero();
    assertThat(command.get("timed_out").asBoolean()).isFalse();
    assertThat(command.get("output").asString()).isEqualTo("stopped\n");
    assertThat(server.run("executions", id).out())
        .contains("\n  stop              " + stop + " --password=********: exit code 0, ")
        .contains("\n    | stopped\n")
        .doesNotContain("hunter2");
  }

  @Test
  void aFailedCommandIsTheErrorAndStandsInTheExecution() throws Exception {
    script("start", "echo 'no licence' >&2", "exit 4");
    CommandRun run = server.run("restore", "--latest", "--confirm");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("run start command " + start + ": exit code 4: no licence")
        .contains("everything is as before, but the TACACS+ server is not up again")
        .contains("hint: start the TACACS+ server by hand: " + start);
    JsonNode failed =
        server.json("executions", "--kind", "restore", "--limit", "1").get("executions").get(0);
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.get("commands")).hasSize(4);
    CommandRun shown = server.run("executions", failed.get("execution_id").asString());
    assertThat(shown.out()).contains("exit code 4, ", "    | no licence\n");
  }

  @Test
  void recoverStartsTheServerAndSaysSo() throws Exception {
    leaveJournal();
    CommandRun run = server.run("recover");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Rolled back the restore killed-1", "Brought the TACACS+ server up again");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void recoverWarnsWhenTheServerDoesNotStart() throws Exception {
    script("start", "echo 'no licence'", "exit 4");
    leaveJournal();
    JsonNode restore = server.json("recover").get("restore");
    assertThat(restore.get("server_failure").asString()).contains("exit code 4: no licence");
    assertThat(restore.get("commands")).hasSize(2);
    leaveJournal();
    CommandRun run = server.run("recover");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).startsWith("warning: the TACACS+ server").contains("start it by hand");
    leaveJournal();
    CommandRun other = server.run("list", "--quiet");
    assertThat(other.err()).contains("warning: the TACACS+ server", "start it by hand");
  }

  @Test
  void recoverWarnsWhenNothingIsConfiguredToStartTheServer() throws Exception {
    configure("# none");
    leaveJournal();
    CommandRun run = server.run("recover");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no command is configured that starts it");
  }

  @Test
  void validateSeesAMissingProgramAndAStopWithoutStart() throws Exception {
    assertThat(server.run("config", "validate").exitCode()).isZero();
    configure("stop_command = /no/such/program");
    CommandRun run = server.run("config", "validate");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("/no/such/program", "nothing starts it again");
    configure("stop_command = \"oops");
    CommandRun broken = server.run("config", "validate");
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.out()).contains("[backup] stop_command has a quote that is not closed");
  }

  /** As a kill leaves one that stopped the server and had changed nothing yet. */
  private void leaveJournal() throws IOException {
    Path journal = Files.createDirectories(server.home().restoreJournal());
    Files.writeString(
        journal.resolve("journal.json"),
        """
        {"version": 1, "execution_id": "killed-1", "started_at": "2026-11-23T03:00:00Z",
         "state": "applying", "server_controlled": true, "steps": []}
        """);
  }

  private void configure(String... lines) throws IOException {
    Path file = server.home().configFile();
    String text = Files.readString(file).replaceAll("(?s)# commands.*?# end\n", "");
    String block = "# commands\n" + String.join("\n", lines) + "\n# end\n";
    Files.writeString(file, text.replace("[backup]\n", "[backup]\n" + block));
  }

  private Path script(String name, String... lines) throws IOException {
    Path file = temp.resolve(name);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
