package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.cli.output.Sizes;
import org.tacvault.engine.encryption.ArchiveKind;
import org.tacvault.engine.io.ProcessLock;
import org.tacvault.engine.io.Sha256;
import tools.jackson.databind.JsonNode;

class BackupCommandTest {
  @TempDir Path temp;
  private TestServer server;

  @BeforeEach
  void createServer() throws Exception {
    server = TestServer.create(temp);
  }

  @Test
  void goesToTheOnlyDestinationAndTellsWhatIsThere() throws Exception {
    Path directory = server.addDestination("daily");
    JsonNode backup = server.json("backup", "--comment", "before the upgrade");
    Path archive = Path.of(backup.get("path").asString());
    assertThat(archive).startsWith(directory).hasFileName(backup.get("filename").asString());
    assertThat(backup.get("packed_bytes").asLong()).isEqualTo(Files.size(archive));
    assertThat(backup.get("sha256").asString()).isEqualTo(Sha256.hex(archive));
    assertThat(backup.get("records").asLong()).isGreaterThan(300);
    assertThat(backup.get("files").asInt()).isEqualTo(8);
    assertThat(backup.get("destination").asString()).isEqualTo("daily");
    assertThat(backup.get("warnings").isEmpty()).isTrue();
    JsonNode run = server.json("executions", backup.get("execution_id").asString());
    assertThat(run.get("comment").asString()).isEqualTo("before the upgrade");
    assertThat(run.get("triggered_by").asString()).startsWith("manual:");
  }

  @Test
  void goesToAnyDirectoryAndTellsItInAFewLines() throws Exception {
    CommandRun run = server.run("backup", "--to", "store");
    assertThat(run.exitCode()).isZero();
    Path archive = onlyArchive(server.shell().directory().resolve("store"));
    assertThat(run.out())
        .startsWith("Backed up to " + server.shell().directory().resolve("store") + " in ")
        .contains(archive.toString(), Sizes.human(Files.size(archive)), Sha256.hex(archive));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void destinationIsNamedByNameOrId() {
    server.addDestination("daily");
    server.addDestination("weekly");
    assertThat(server.json("backup", "--destination", "weekly").get("destination").asString())
        .isEqualTo("weekly");
    String id = server.engine(engine -> engine.catalog().destinations().get("daily").id());
    assertThat(server.json("backup", "--destination", id).get("destination").asString())
        .isEqualTo("daily");
    CommandRun unnamed = server.run("backup");
    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err()).contains("several destinations are enabled", "daily", "weekly");
  }

  @Test
  void withoutAnyDestinationTheHintTellsHowToGetOne() {
    CommandRun run = server.run("backup");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err()).contains("no destination is enabled", "hint: add one", "--to DIR");
  }

  @Test
  void unknownAndDisabledDestinationsAreRefused() {
    server.addDestination("daily");
    server.disable("daily");
    CommandRun disabled = server.run("backup", "--destination", "daily");
    assertThat(disabled.exitCode()).isEqualTo(2);
    assertThat(disabled.err()).contains("the destination is disabled");
    JsonNode unknown = server.json("backup", "--destination", "dayly").get("error");
    assertThat(unknown.get("exit_code").asInt()).isEqualTo(10);
    assertThat(unknown.get("subject").asString()).isEqualTo("'dayly'");
    assertThat(server.run("backup", "--destination", "daily", "--to", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void missingDatabaseIsAWarningWithItsOwnExitCode() throws Exception {
    Files.delete(server.home().data().resolve("audit_trail.db"));
    CommandRun run = server.run("backup", "--to", "store");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("warning: audit_trail.db is missing on the server\n");
    assertThat(server.json("backup", "--to", "store").get("warnings")).hasSize(1);
  }

  @Test
  void damagedDatabaseFailsTheBackupByName() throws Exception {
    Files.write(server.home().data().resolve("devices.db"), new byte[10_000]);
    CommandRun run = server.run("backup", "--to", "store");
    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.err()).contains("error: ", "devices.db", "hint: ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void secondBackupToTheSamePlaceIsBusy() throws Exception {
    Path store = server.shell().directory().resolve("store");
    byte[] claim = store.toString().getBytes(StandardCharsets.UTF_8);
    Path lock =
        server.home().locks().resolve("backup-" + Sha256.hex(claim).substring(0, 16) + ".lock");
    try (ProcessLock held = ProcessLock.tryAcquire(lock, "backup by a test").orElseThrow()) {
      assertThat(held).isNotNull();
      CommandRun run = server.run("backup", "--to", "store");
      assertThat(run.exitCode()).isEqualTo(11);
      assertThat(run.err()).contains("another backup is running: backup by a test");
    }
    assertThat(server.run("backup", "--to", "store").exitCode()).isZero();
  }

  @Test
  void givenPassphraseEncryptsOrIsRefused() throws Exception {
    Path passphrase = Files.writeString(temp.resolve("passphrase"), "correct horse\n");
    String[] command = {"backup", "--to", "store", "--passphrase-file", passphrase.toString()};
    CommandRun refused = server.run(command);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("the configuration switches encryption off");
    removeFromConfig("encryption_enabled");
    JsonNode backup = server.json(command);
    Path archive = Path.of(backup.get("path").asString());
    assertThat(ArchiveKind.of(archive)).isEqualTo(ArchiveKind.AGE);
  }

  @Test
  void environmentOfTheShellDecidesAboutEncryption() throws Exception {
    removeFromConfig("encryption_enabled");
    TestServer encrypting =
        server.with(
            server
                .shell()
                .with(
                    Map.of(
                        "BACKUP_ENCRYPTION_PASSPHRASE", "correct horse",
                        "TACACS_BACKUP_ENCRYPTION_ENABLED", "true")));
    assertThat(encrypting.run("backup", "--to", "store").exitCode()).isZero();
    assertThat(onlyArchive(server.shell().directory().resolve("store")).toString())
        .endsWith(".tar.gz.age");
  }

  @Test
  void withoutAHomeNothingIsBackedUp() {
    assertThat(server.shell().run("backup", "--to", "store").exitCode()).isEqualTo(10);
    CommandRun missing = server.shell().run("backup", "--home", "nowhere", "--json");
    assertThat(TestServer.parse(missing).get("error").get("kind").asString())
        .isEqualTo("not_found");
  }

  private void removeFromConfig(String key) throws Exception {
    String config = Files.readString(server.home().configFile());
    Files.writeString(
        server.home().configFile(), config.replaceFirst("(?m)^" + key + " *=.*\n", ""));
  }

  private static Path onlyArchive(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
