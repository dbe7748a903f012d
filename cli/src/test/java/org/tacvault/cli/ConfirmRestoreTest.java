package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.cli.output.Keyboard;
import org.tacvault.cli.output.Terminal;
import org.tacvault.engine.sample.SampleDisaster;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** {@code restore --confirm-within}, {@code --keep} and {@code --undo}, with real guards. */
class ConfirmRestoreTest {
  @TempDir Path temp;
  private TestServer server;
  private Map<String, Object> good;
  private Map<String, Object> struck;

  @BeforeEach
  void backUpAndStrike() throws Exception {
    server = TestServer.create(temp);
    server = at(Instant.now());
    server.addDestination("daily");
    good = server.content();
    server.backUp();
    SampleDisaster.strike(server.home(), 3);
    struck = server.content();
  }

  @AfterEach
  void leaveNoGuard() throws Exception {
    Guards.kill(server.home().root());
  }

  @Test
  void keptInTimeItStaysAndTheGuardEnds() throws Exception {
    CommandRun run = restore("10m");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out()).contains("Goes back at ", " unless you run: tacvault restore --keep");
    assertThat(Guards.of(server.home().root())).hasSize(1);
    assertThat(server.content()).isEqualTo(good);
    assertThat(server.run("restore", "--keep").out()).startsWith("Kept the restore ");
    Guards.awaitEnd(server.home().root());
    assertThat(server.run("restore", "--keep").exitCode()).isEqualTo(10);
    assertThat(at(Instant.now().plusSeconds(3600)).run("recover").out())
        .startsWith("Nothing to recover");
    assertThat(server.content()).isEqualTo(good);
  }

  @Test
  void theGuardTakesItBackThoughTheCommandHasLongEnded() throws Exception {
    JsonNode answer = server.json("restore", "--latest", "--confirm", "--confirm-within", "10s");
    assertThat(answer.get("result").get("goes_back_at").asString()).isNotEmpty();
    assertThat(Guards.of(server.home().root())).hasSize(1);
    Guards.awaitEnd(server.home().root());
    assertThat(server.content()).isEqualTo(struck);
    TestServer later = at(Instant.now());
    CommandRun keep = later.run("restore", "--keep");
    assertThat(keep.exitCode()).isEqualTo(1);
    assertThat(keep.err()).contains("too late");
    JsonNode back = later.json("executions", "--kind", "restore").get("executions").get(0);
    assertThat(back.get("triggered_by").asString()).isEqualTo("system:not-confirmed");
    assertThat(back.get("status").asString()).isEqualTo("completed");
  }

  @Test
  void whenTheGuardIsKilledTheNextCommandAfterTheDeadlineGoesBack() throws Exception {
    restore("1m");
    Guards.kill(server.home().root());
    assertThat(at(Instant.now()).run("executions").exitCode()).isZero();
    assertThat(server.content()).isEqualTo(good);
    CommandRun next = at(Instant.now().plusSeconds(61)).run("list", "--destination", "daily");
    assertThat(next.err()).contains("Went back from the restore ", ", which was not kept");
    assertThat(server.content()).isEqualTo(struck);
  }

  @Test
  void statusAndRecoverTellAndOtherRestoresAreRefused() {
    restore("10m");
    CommandRun status = server.run("status");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.err()).contains("waits to be confirmed", "tacvault restore --keep");
    assertThat(server.json("status").get("held").get("deadline").asString()).isNotEmpty();
    assertThat(server.json("recover").get("held").get("components")).hasSize(6);
    CommandRun other = server.run("restore", "--latest", "--confirm");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("hint: keep it: tacvault restore --keep", "--undo");
    assertThat(server.run("backup", "--destination", "daily").exitCode()).isZero();
  }

  @Test
  void undoTakesAHeldRestoreBackAtOnce() throws Exception {
    restore("10m");
    assertThat(server.run("restore", "--undo", "--dry-run").out()).startsWith("Would go back");
    assertThat(server.run("restore", "--undo").exitCode()).isEqualTo(2);
    assertThat(server.content()).isEqualTo(good);
    assertThat(server.run("restore", "--undo", "--confirm").out()).startsWith("Went back from");
    assertThat(server.content()).isEqualTo(struck);
    Guards.awaitEnd(server.home().root());
  }

  @Test
  void undoOfAHeldRestoreSaysWhichRowsItCouldNotBringAlong() throws Exception {
    audit("DROP TABLE audit_log");
    audit("CREATE TABLE audit_log(id INTEGER PRIMARY KEY,site TEXT NOT NULL)");
    restore("10m");
    audit(
        "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
            + " VALUES(1795500000,'late','a','r',1)");
    CommandRun undo = server.run("restore", "--undo", "--confirm");
    assertThat(undo.exitCode()).as(undo.toString()).isEqualTo(3);
    assertThat(undo.out()).startsWith("Went back from");
    assertThat(undo.err())
        .contains("1 row of audit_log that came after the restore is lost: merge table audit_log");
  }

  @Test
  void undoSaysWhatItUndoesAndGoesBack() {
    String id =
        server
            .json("restore", "--latest", "--confirm")
            .get("result")
            .get("execution_id")
            .asString();
    CommandRun dry = server.run("restore", "--undo", "--dry-run");
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out()).startsWith("Undoes the restore " + id).contains("Dry run");
    assertThat(server.content()).isEqualTo(good);
    TestServer later = at(Instant.now().plusSeconds(5));
    JsonNode undone = later.json("restore", "--undo", "--confirm", "--components", "devices");
    assertThat(undone.get("undoes").get("execution_id").asString()).isEqualTo(id);
    assertThat(server.content().get("devices.db")).isEqualTo(struck.get("devices.db"));
    assertThat(server.content().get("local_auth.db")).isEqualTo(good.get("local_auth.db"));
  }

  @Test
  void undoOfNothingIsNotFound() {
    CommandRun run = server.run("restore", "--undo", "--confirm");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err()).contains("no restore with an emergency backup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--undo --latest",
        "--keep --undo",
        "--keep --confirm",
        "--keep --latest",
        "--latest --confirm-within 9s",
        "--latest --confirm-within 25h",
        "--latest --confirm-within ten",
      })
  void contradictionsAreWrongUsage(String options) {
    List<String> words = new ArrayList<>(List.of("restore"));
    words.addAll(List.of(options.split(" ")));
    assertThat(server.run(words.toArray(String[]::new)).exitCode()).isEqualTo(2);
    assertThat(server.content()).isEqualTo(struck);
  }

  @Test
  void aRealCommandThatIsKilledLeavesAGuardThatGoesBack() throws Exception {
    Process command =
        ChildRun.java(
                List.of(),
                "restore",
                "--latest",
                "--confirm",
                "--confirm-within",
                "10s",
                "--home",
                server.root())
            .start();
    Path journal = server.home().restoreJournal().resolve("journal.json");
    Instant until = Instant.now().plus(Duration.ofSeconds(60));
    while (!isHeld(journal)) {
      assertThat(Instant.now()).isBefore(until);
      Thread.onSpinWait();
    }
    command.destroyForcibly().waitFor();
    assertThat(Guards.of(server.home().root())).hasSize(1);
    Guards.awaitEnd(server.home().root());
    assertThat(server.content()).isEqualTo(struck);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutAGuardTheCommandItselfWaits(boolean isKept) throws Exception {
    restore("1m");
    Guards.kill(server.home().root());
    Instant deadline = Instant.now().plusSeconds(isKept ? 600 : 2);
    Path journal = server.home().restoreJournal().resolve("journal.json");
    Files.writeString(
        journal,
        Files.readString(journal)
            .replaceFirst("\"deadline\":\"[^\"]*\"", "\"deadline\":\"" + deadline + "\""));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CommonOptions options = new CommonOptions();
    new CommandLine(options).parseArgs("--home", server.root());
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            Keyboard.NOBODY,
            Map.of(),
            temp,
            InstantSource.system());
    try (CommandContext context = new CommandContext(options, surroundings);
        RestoreGuard neverStarted = new RestoreGuard(context, true)) {
      if (isKept) {
        CompletableFuture<ExitCode> waiting =
            CompletableFuture.supplyAsync(() -> neverStarted.after(ExitCode.OK));
        await()
            .until(() -> err.toString(StandardCharsets.UTF_8).contains("leave this one running"));
        assertThat(waiting).isNotDone();
        at(Instant.now()).run("restore", "--keep");
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
      } else {
        assertThat(neverStarted.after(ExitCode.OK)).isEqualTo(ExitCode.WARNINGS);
      }
    }
    assertThat(server.content()).isEqualTo(isKept ? good : struck);
  }

  private static boolean isHeld(Path journal) {
    try {
      return Files.readString(journal).contains("\"held\"");
    } catch (IOException e) {
      return false;
    }
  }

  private void audit(String sql) throws SQLException {
    Path database = server.home().data().resolve("audit_trail.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private CommandRun restore(String time) {
    return server.run("restore", "--latest", "--confirm", "--confirm-within", time);
  }

  private TestServer at(Instant now) {
    return server.with(server.shell().at(now));
  }
}
