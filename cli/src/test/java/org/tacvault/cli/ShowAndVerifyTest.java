package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ShowAndVerifyTest {
  private static final Map<String, String> ENCRYPTING =
      Map.of(
          "BACKUP_ENCRYPTION_PASSPHRASE", "correct horse",
          "TACACS_BACKUP_ENCRYPTION_ENABLED", "true");

  @TempDir Path temp;
  private TestServer server;

  @BeforeEach
  void createServer() throws Exception {
    server = TestServer.create(temp);
  }

  @Test
  void showTellsWhatTheManifestTells() {
    server.addDestination("daily");
    server.run("backup", "--comment", "before the upgrade");
    CommandRun run = server.run("show", "--latest");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "tacacs-sample", "before the upgrade", "tacacs_accounting.db", "config_export.json");
    JsonNode manifest = server.json("show", "--latest").get("manifest");
    assertThat(manifest.get("backup_metadata").get("comment").asString())
        .isEqualTo("before the upgrade");
    assertThat(manifest.get("contents")).hasSize(8);
  }

  @Test
  void verifyCountsAndRecords() {
    server.addDestination("daily");
    String path = server.backUp();
    JsonNode verdict = server.json("verify", "--latest");
    assertThat(verdict.get("archive").asString()).isEqualTo(path);
    assertThat(verdict.get("records").get("devices.db").asLong()).isGreaterThan(24);
    assertThat(verdict.get("encrypted").asBoolean()).isFalse();
    JsonNode run = server.json("executions", verdict.get("execution_id").asString());
    assertThat(run.get("kind").asString()).isEqualTo("verify");
    assertThat(run.get("status").asString()).isEqualTo("completed");
  }

  @Test
  void archiveNeedsNoServer() {
    server.addDestination("daily");
    String path = server.backUp();
    assertThat(server.shell().run("show", "--archive", path).out()).contains("devices.db");
    CommandRun run = server.shell().run("verify", "--archive", path, "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(TestServer.parse(run).get("execution_id").isNull()).isTrue();
    assertThat(server.shell().directory()).isEmptyDirectory();
  }

  @Test
  void storedBackupIsNamedByPathOrFileName() {
    server.addDestination("daily");
    String path = server.backUp();
    String name = Path.of(path).getFileName().toString();
    for (String given : new String[] {path, name, "manual/" + name}) {
      CommandRun run = server.run("show", "--destination", "daily", "--backup", given);
      assertThat(run.out()).startsWith(path);
    }
    CommandRun absent = server.run("show", "--destination", "daily", "--backup", "other.tar.gz");
    assertThat(absent.exitCode()).isEqualTo(10);
    assertThat(absent.err()).contains("no such backup at daily", "tacvault list --destination");
  }

  @Test
  void flippedArchiveFailsAndIsNoLongerTheLatest() throws Exception {
    server.addDestination("daily");
    String good = server.backUp();
    TestServer later = server.with(server.shell().at(Shell.NOW.plus(Duration.ofHours(1))));
    String bad = later.backUp();
    flip(Path.of(bad));
    assertThat(later.run("show", "--latest").out()).startsWith(bad);
    CommandRun run = later.run("verify", "--latest");
    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ");
    assertThat(later.run("show", "--latest").out()).startsWith(good);
    assertThat(server.shell().run("verify", "--archive", bad).exitCode()).isEqualTo(20);
  }

  @Test
  void truncatedAndForeignFilesFailVerification() throws Exception {
    server.addDestination("daily");
    byte[] whole = Files.readAllBytes(Path.of(server.backUp()));
    Path cut = Files.write(temp.resolve("cut.tar.gz"), Arrays.copyOf(whole, 4_000));
    Path foreign = Files.writeString(temp.resolve("foreign.tar.gz"), "not an archive");
    assertThat(server.run("verify", "--archive", cut.toString()).exitCode()).isEqualTo(20);
    assertThat(server.run("verify", "--archive", foreign.toString()).exitCode()).isEqualTo(20);
    assertThat(server.run("verify", "--archive", temp + "/none.tar.gz").exitCode()).isEqualTo(10);
  }

  @Test
  void encryptedArchiveTakesThePassphraseFromWhereItIs() throws Exception {
    String path = encrypted();
    String[] verify = {"verify", "--archive", path};
    assertThat(server.shell().run(verify).exitCode()).isEqualTo(12);
    assertThat(server.shell().with(ENCRYPTING).run(verify).exitCode()).isZero();
    assertThat(server.shell().answering("correct horse").run(verify).exitCode()).isZero();
    CommandRun wrong = server.shell().answering("wrong").run(verify);
    assertThat(wrong.exitCode()).isEqualTo(12);
    assertThat(wrong.err()).doesNotContain("correct horse");
    Path file = Files.writeString(temp.resolve("passphrase"), "correct horse\n");
    CommandRun run =
        server.shell().run("verify", "--archive", path, "--passphrase-file", file.toString());
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void configuredPassphraseOpensTheServersOwnArchives() throws Exception {
    String path = encrypted();
    assertThat(server.run("verify", "--archive", path).exitCode()).isEqualTo(12);
    String config = Files.readString(server.home().configFile());
    Files.writeString(
        server.home().configFile(),
        config.replace("[backup]\n", "[backup]\nencryption_passphrase = correct horse\n"));
    assertThat(server.run("verify", "--archive", path).exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--latest --archive x",
        "--backup x",
        "--archive x --destination y",
        "--latest --destination y --backup x"
      })
  void archiveIsNamedInOneWay(String options) {
    String[] words = ("verify " + options).strip().split(" ");
    CommandRun run = server.run(words);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("error: read arguments of tacvault verify: ", "--help");
  }

  @Test
  void emergencyBackupsAndOthersBackupsAreNotTheLatest() {
    Path directory = server.addDestination("daily");
    String own = server.backUp();
    Path emergency = directory.resolve("tacacs-sample/emergency");
    copy(own, emergency.resolve("backup-tacacs-sample-20261124-030000-emergency.tar.gz"));
    copy(own, directory.resolve("other/manual/backup-other-20261125-030000-manual.tar.gz"));
    assertThat(server.run("show", "--latest").out()).startsWith(own);
    assertThat(server.run("show", "--latest", "--destination", "daily").out()).startsWith(own);
  }

  @Test
  void latestOfNothingIsNotFound() {
    CommandRun nowhere = server.run("show", "--latest");
    assertThat(nowhere.exitCode()).isEqualTo(10);
    assertThat(nowhere.err()).contains("latest one of tacacs-sample", "no destination is enabled");
    server.addDestination("daily");
    assertThat(server.run("show", "--latest").err()).contains("none is at daily");
  }

  private String encrypted() throws Exception {
    String config = Files.readString(server.home().configFile());
    Files.writeString(
        server.home().configFile(), config.replaceFirst("(?m)^encryption_enabled *=.*\n", ""));
    Path store = temp.resolve("encrypted");
    return server
        .with(server.shell().with(ENCRYPTING))
        .json("backup", "--to", store.toString())
        .get("path")
        .asString();
  }

  private static void flip(Path archive) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 0x10;
    Files.write(archive, bytes);
  }

  private static void copy(String archive, Path target) {
    try {
      Files.createDirectories(target.getParent());
      Files.copy(Path.of(archive), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
