package org.tacvault.server.api.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.api.Api;
import tools.jackson.databind.JsonNode;

class RestoreControllerTest {
  private static final String RESTORE = BACKUP + "/restore";

  @TempDir Path directory;
  private LiveService service;
  private Api api;
  private String destination;
  private String path;

  @BeforeEach
  void start() throws SQLException {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
    destination = api.destination("main", directory.resolve("store"));
    path = api.backup(destination).path("backup_path").asString();
    deleteUsers();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theGuidesRequestRestoresEverythingAndSaysWhatItDid() throws Exception {
    Answer answer =
        service.post(
            RESTORE,
            "{\"backup_path\": %s, \"destination_id\": %s, \"confirm\": true}"
                .formatted(json(path), json(destination)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode restored = answer.json();
    assertThat(restored.path("success").asBoolean()).isTrue();
    assertThat(restored.path("message").asString()).startsWith("Restore completed successfully.");
    assertThat(restored.path("components").size()).isEqualTo(6);
    assertThat(Path.of(restored.path("emergency_backup").asString())).isRegularFile();
    assertThat(restored.path("changes").path("members").findValuesAsString("member"))
        .contains("local_auth.db");
    assertThat(users()).isPositive();
    JsonNode execution =
        service.get(BACKUP + "/executions/" + restored.path("execution_id").asString()).json();
    assertThat(execution.path("kind").asString()).isEqualTo("restore");
    assertThat(execution.path("status").asString()).isEqualTo("completed");
    // The Python server's own store was closed by its restores.
    assertThat(service.get(BACKUP + "/destinations").status()).isEqualTo(200);
  }

  @Test
  void aPathAloneMeansAFileBelowAnAllowedRoot() throws Exception {
    assertThat(restore("{\"backup_path\":%s,\"components\":[\"users\"],\"confirm\":true}").status())
        .isEqualTo(200);
    assertThat(users()).isPositive();
    Path outside = Files.copy(Path.of(path), directory.resolve("outside.tar.gz"));
    Path link = Path.of(path).resolveSibling("link.tar.gz");
    Files.createSymbolicLink(link, outside);
    for (String unsafe :
        new String[] {
          outside.toString(), link.toString(), "x.tar.gz", "/etc/passwd", path + "/../x", "\u0000"
        }) {
      Answer refused =
          service.post(RESTORE, "{\"backup_path\":" + json(unsafe) + ",\"confirm\":true}");
      assertThat(refused.status()).as(unsafe).isEqualTo(400);
      assertThat(refused.text("detail")).isEqualTo("Invalid or unsafe local source path");
    }
    assertThat(
            service
                .post(RESTORE, "{\"backup_path\":" + json(path + "x") + ",\"confirm\":true}")
                .status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"confirm\":false", ",\"confirm\":\"no\""})
  void nothingIsRestoredThatIsNotConfirmed(String confirm) throws Exception {
    Answer answer = service.post(RESTORE, "{\"backup_path\":" + json(path) + confirm + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).isEqualTo("Must set confirm=true to proceed with restore");
    assertThat(users()).isZero();
  }

  @Test
  void whatCannotBeRestoredIsSaidBeforeAnythingHappens() throws Exception {
    Answer component = restore("{\"backup_path\":%s,\"components\":[\"userz\"],\"confirm\":true}");
    assertThat(component.status()).isEqualTo(400);
    assertThat(component.text("detail"))
        .isEqualTo(
            "Invalid component. Must be one of: config, devices, users, accounting, metrics, audit");
    assertThat(
            restore("{\"backup_path\":%s,\"destination_id\":\"nobody\",\"confirm\":true}").status())
        .isEqualTo(404);
    assertThat(
            service
                .post(
                    RESTORE,
                    "{\"backup_path\":\"a/b/none.tar.gz\",\"destination_id\":%s,\"confirm\":true}"
                        .formatted(json(destination)))
                .status())
        .isEqualTo(404);
    assertThat(
            restore(
                    "{\"backup_path\":%s,\"components\":[\"users\"],\"history\":\"merge\","
                        + "\"confirm\":true}")
                .status())
        .isEqualTo(400);
    assertThat(restore("{\"backup_path\":%s,\"confirm\":true,\"dry_run\":true}").status())
        .isEqualTo(422);
    assertThat(users()).isZero();
    assertThat(service.get(BACKUP + "/executions?kind=restore").json().path("total").asInt())
        .isZero();
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    Answer preview =
        service.post(
            RESTORE + "/preview",
            "{\"backup_path\":%s,\"destination_id\":\"main\",\"components\":[\"users\"]}"
                .formatted(json(path)));
    assertThat(preview.status()).as(preview.body()).isEqualTo(200);
    assertThat(preview.json().path("plan").path("members").findValuesAsString("member"))
        .containsExactly("local_auth.db");
    assertThat(users()).isZero();
    assertThat(service.get(BACKUP + "/executions?kind=restore").json().path("total").asInt())
        .isZero();
  }

  @Test
  void anAsynchronousRestoreIsFollowedByItsExecution() throws Exception {
    Answer started =
        restore(
            "{\"backup_path\":%s,\"destination_id\":\"main\",\"confirm\":true,\"async_mode\":true}");
    assertThat(started.status()).as(started.body()).isEqualTo(200);
    assertThat(started.text("message"))
        .isEqualTo("Restore started in background; server may restart.");
    JsonNode done = api.ended(started.text("execution_id"));
    assertThat(done.path("status").asString()).as(done.toString()).isEqualTo("completed");
    assertThat(users()).isPositive();
  }

  @Test
  void aRestoreThatIsNotKeptCanBeTakenBack() throws Exception {
    assertThat(service.get(RESTORE + "/held").body()).isEqualTo("{\"held\":null}");
    assertThat(service.post(RESTORE + "/keep", "").status()).isEqualTo(404);
    Answer held = restore("{\"backup_path\":%s,\"confirm\":true,\"confirm_within\":\"10m\"}");
    assertThat(held.status()).as(held.body()).isEqualTo(200);
    assertThat(held.text("goes_back_at")).endsWith("+00:00");
    assertThat(service.get(RESTORE + "/held").json().path("held").path("execution_id").asString())
        .isEqualTo(held.text("execution_id"));
    assertThat(restore("{\"backup_path\":%s,\"confirm\":true}").status()).isEqualTo(409);
    assertThat(service.post(RESTORE + "/undo", "{\"confirm\":true}").status()).isEqualTo(200);
    assertThat(users()).isZero();
  }

  @Test
  void aKeptRestoreCanStillBeUndone() throws Exception {
    restore("{\"backup_path\":%s,\"confirm\":true,\"confirm_within\":\"10m\"}");
    assertThat(service.post(RESTORE + "/keep", "").json().path("success").asBoolean()).isTrue();
    assertThat(users()).isPositive();
    assertThat(service.post(RESTORE + "/undo", "{}").status()).isEqualTo(400);
    Answer undone = service.post(RESTORE + "/undo", "{\"confirm\":true}");
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(undone.text("message")).startsWith("Undo completed successfully.");
    assertThat(users()).isZero();
  }

  @Test
  void anEncryptedBackupNeedsItsPassphraseWhichNobodySees() throws Exception {
    service.close();
    Path config = service.home().configFile();
    Files.writeString(
        config,
        Files.readString(config)
            .replace("encryption_enabled = false", "encryption_enabled = true"));
    service =
        LiveService.restart(
            service.home(), Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "correct horse"));
    api = new Api(service);
    String encrypted = api.backup(destination).path("backup_path").asString();
    assertThat(encrypted).endsWith(".tar.gz.age");
    service.close();
    Files.writeString(
        config,
        Files.readString(config)
            .replace("encryption_enabled = true", "encryption_enabled = false"));
    service = LiveService.restart(service.home(), Map.of());
    api = new Api(service);
    uploadsOfWhatNobodyHereCanOpen(Path.of(encrypted));
    String request =
        "{\"backup_path\":" + json(encrypted) + ",\"confirm\":true,\"components\":[\"users\"]";
    assertThat(service.post(RESTORE, request + "}").status()).isEqualTo(422);
    Answer wrong = service.post(RESTORE, request + ",\"passphrase\":\"hunter2-wrong\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("kind")).isEqualTo("wrong_key");
    assertThat(wrong.body()).doesNotContain("hunter2");
    assertThat(service.post(RESTORE, request + ",\"passphrase\":[\"hunter2\"]}").body())
        .contains("string_type")
        .doesNotContain("hunter2");
    Answer identity = service.post(RESTORE, request + ",\"identity\":\"AGE-SECRET-KEY-hunter2\"}");
    assertThat(identity.status()).isEqualTo(400);
    assertThat(identity.body()).doesNotContain("hunter2");
    assertThat(service.post(RESTORE, request + ",\"passphrase\":\"correct horse\"}").status())
        .isEqualTo(200);
  }

  private void uploadsOfWhatNobodyHereCanOpen(Path encrypted) throws IOException {
    String other = api.destination("uploads", directory.resolve("uploads"));
    String name = encrypted.getFileName().toString();
    byte[] content = Files.readAllBytes(encrypted);
    Answer nameless = api.upload(other, "secret.tar.gz.age", content, "");
    assertThat(nameless.status()).as(nameless.body()).isEqualTo(400);
    Answer unopened = api.upload(other, name, content, "");
    assertThat(unopened.status()).as(unopened.body()).isEqualTo(200);
    assertThat(unopened.json().path("verified").asBoolean()).isFalse();
    assertThat(unopened.json().path("warnings").path(0).asString()).startsWith("not verified: ");
    Files.delete(Path.of(unopened.text("backup_path")));
    Answer opened = api.upload(other, "secret.tar.gz.age", content, "correct horse");
    assertThat(opened.json().path("verified").asBoolean()).as(opened.body()).isTrue();
    assertThat(opened.text("filename")).isEqualTo(name);
  }

  @Test
  void aBackupIsVerifiedAndADamagedOneIsNot() throws Exception {
    Answer good =
        service.post(
            BACKUP + "/verify",
            "{\"backup_path\":%s,\"destination_id\":\"main\"}".formatted(json(path)));
    assertThat(good.status()).as(good.body()).isEqualTo(200);
    assertThat(good.json().path("records").path("devices.db").asInt()).isPositive();
    byte[] bytes = Files.readAllBytes(Path.of(path));
    bytes[bytes.length / 2] ^= 1;
    Files.write(Path.of(path), bytes);
    Answer bad = service.post(BACKUP + "/verify", "{\"backup_path\":" + json(path) + "}");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.text("kind")).isEqualTo("verification_failed");
    assertThat(
            service
                .get(BACKUP + "/executions?kind=verify")
                .json()
                .path("executions")
                .findValuesAsString("status"))
        .containsExactly("failed", "completed");
  }

  @Test
  void theConfigurationIsShownWithItsOriginsAndWithoutItsSecrets() throws Exception {
    service.close();
    service =
        LiveService.restart(
            service.home(), Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "hunter2-in-the-environment"));
    Answer config = service.get(BACKUP + "/config?all=true");
    assertThat(config.status()).isEqualTo(200);
    assertThat(config.body()).doesNotContain("hunter2").contains("backup.compression");
    assertThat(config.json().path("values").findValuesAsString("origin"))
        .contains("default", "file");
  }

  private Answer restore(String template) {
    return service.post(RESTORE, template.formatted(json(path)));
  }

  private void deleteUsers() throws SQLException {
    try (Connection users = database();
        Statement statement = users.createStatement()) {
      statement.executeUpdate("DELETE FROM local_users");
    }
  }

  private int users() throws SQLException {
    try (Connection users = database();
        Statement statement = users.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM local_users")) {
      return count.getInt(1);
    }
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + service.home().data().resolve("local_auth.db"));
  }
}
