package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.NewDestination;

/** Secrets of destinations, as the command line stores, shows and needs them. */
class DestinationSecretsCommandTest {
  private static final String CANARY = "canary-7f3e";

  @TempDir Path temp;
  private HomeRun home;
  private String store;

  @BeforeEach
  void createHome() {
    home = HomeRun.create(temp.resolve("home"), "");
    store = temp.resolve("store").toString();
  }

  @Test
  void secretsOfATakenOverCatalogAreEncryptedAndTheUserIsTold() throws Exception {
    add("nas");
    execute(
        "INSERT INTO backup_destinations(id, name, type, config_json, created_at, created_by)"
            + " VALUES ('d-1', 'old', 'ftp', '{\"username\": \"u\", \"password\": \""
            + CANARY
            + "\"}', '2026-01-02T03:04:05+00:00', 'admin')");
    CommandRun first = home.run("destination", "show", "old");
    assertThat(first.err())
        .isEqualTo(
            "Encrypted the secrets of destination 'old'; the Python server cannot use it any"
                + " more\n");
    assertThat(first.out()).contains("password:      ********");
    assertThat(home.run("destination", "show", "old").err()).isEmpty();
    assertThat(catalogBytes()).doesNotContain(CANARY).contains("tacvault-secret:v1:");
    CommandRun rotated = home.run("secrets", "rotate");
    assertThat(rotated.out()).startsWith("Encrypted the secrets of 1 destination with key ");
    assertThat(home.json(0, "secrets", "rotate").get("destinations").get(0).asString())
        .isEqualTo("old");
    assertThat(home.run("destination", "test", "old").err())
        .contains("Unknown destination type: ftp");
  }

  @Test
  void aLostKeyIsNamedAndTheOthersGoOn() throws Exception {
    add("nas");
    storeSecret("old");
    Files.delete(home.home().resolve("data/secret.key"));
    CommandRun tested = home.run("destination", "test", "old");
    assertThat(tested.exitCode()).isEqualTo(12);
    assertThat(tested.err())
        .contains(
            "open destination 'old': password is encrypted with key ",
            "which is not here",
            "hint: put the key back (",
            "tacvault destination set");
    assertThat(home.run("destination", "list").exitCode()).isZero();
    HomeRun.storeArchive(Path.of(store), 1);
    CommandRun listed = home.run("list");
    assertThat(listed.exitCode()).isEqualTo(12);
    assertThat(listed.out()).contains("backup-fra1-");
    assertThat(listed.err()).contains("open destination 'old'");
    assertThat(home.run("destination", "test", "nas").exitCode()).isZero();
    CommandRun rotated = home.run("secrets", "rotate");
    assertThat(rotated.exitCode()).isEqualTo(12);
    assertThat(rotated.err()).contains("open destination 'old'");
  }

  @Test
  void aKeyThatCannotBeUsedIsAWarningUntilItIsNeeded() throws Exception {
    add("nas");
    storeSecret("old");
    HomeRun broken = home.withEnvironment(Map.of("TACVAULT_SECRET_KEY", CANARY));
    CommandRun listed = broken.run("destination", "list");
    assertThat(listed.exitCode()).isZero();
    CommandRun tested = broken.run("destination", "test", "old");
    assertThat(tested.exitCode()).isEqualTo(1);
    assertThat(tested.err())
        .contains("TACVAULT_SECRET_KEY: it is not a key of 32 bytes", "openssl rand -base64 32")
        .doesNotContain(CANARY);
  }

  @Test
  void aKeyFileThatOthersMayReadIsAWarningOfEveryCommand() throws Exception {
    storeSecret("old");
    home.run("destination", "list");
    Path key = home.home().resolve("data/secret.key");
    assertThat(home.run("destination", "list").err()).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(home.run("destination", "list").err())
        .contains("other users can read " + key + " (mode rw-r--r--); run: chmod 600 " + key);
  }

  @Test
  void givenKeysAreRotatedByPuttingANewOneFirst() throws Exception {
    String first = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    String second = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    storeSecret("old");
    HomeRun given = home.withEnvironment(Map.of("TACVAULT_SECRET_KEY", first));
    CommandRun moved = given.run("secrets", "rotate");
    assertThat(moved.out()).contains("1 destination with key e1bac8d2 (TACVAULT_SECRET_KEY)");
    assertThat(moved.err()).contains("The old key is not needed any more");
    CommandRun again = given.run("secrets", "rotate");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("put a new key before it");
    HomeRun both = home.withEnvironment(Map.of("TACVAULT_SECRET_KEY", second + "," + first));
    CommandRun rotated = both.run("secrets", "rotate");
    assertThat(rotated.exitCode()).isZero();
    assertThat(rotated.out() + rotated.err()).doesNotContain(first, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {CANARY, "env:NONE", "file:none", "prompt"})
  void aSecretThatIsNotThereIsNotRepeated(String source) {
    CommandRun run =
        home.run(
            "destination",
            "add",
            "x",
            "--type",
            "local",
            "--path",
            store,
            "--secret",
            "password=" + source);
    assertThat(run.exitCode()).isIn(2, 12);
    assertThat(run.err()).contains("hint: ").doesNotContain(CANARY);
  }

  private void storeSecret(String name) {
    try (BackupEngine engine = BackupEngine.open(home.home())) {
      engine
          .catalog()
          .destinations()
          .add(
              NewDestination.keepingDays(
                  name, "sftp", Map.of("password", CANARY), 30, HomeRun.NOW, "test"));
    }
  }

  private String catalogBytes() throws IOException {
    return Files.readString(
        home.home().resolve("data/backup_executions.db"), StandardCharsets.ISO_8859_1);
  }

  private void execute(String sql) throws SQLException {
    Path catalog = home.home().resolve("data/backup_executions.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + catalog);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private void add(String name) {
    CommandRun run = home.run("destination", "add", name, "--type", "local", "--path", store);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
