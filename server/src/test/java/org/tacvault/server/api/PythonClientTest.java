package org.tacvault.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;

import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;
import org.tacvault.server.TestService;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the service as the Python server's own clients do: they log in by JSON and keep the
 * cookie, tolerate what they tolerate, and look at what they look at.
 */
class PythonClientTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir Path directory;
  private LiveService service;
  private HttpClient session;

  @BeforeEach
  void start() throws Exception {
    service = LiveService.start(directory.resolve("home"));
    logIn();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void backsUpToAnAllowedRootAndRestoresByTheListedPath() throws Exception {
    String destination = createDestination();
    HttpResponse<String> triggered =
        send("POST", "/trigger", "{\"destination_id\":" + json(destination) + "}");
    assertThat(triggered.statusCode()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                JSON.readTree(send("GET", "/executions", "").body())
                    .path("executions")
                    .path(0)
                    .path("status")
                    .asString()
                    .equals("completed"));

    JsonNode backups = JSON.readTree(send("GET", "/list", "").body()).path("backups");
    assertThat(backups.size()).isEqualTo(1);
    String path = backups.path(0).path("path").asString();
    assertThat(Files.exists(Path.of(path))).isTrue();

    HttpResponse<String> restored =
        send(
            "POST",
            "/restore",
            "{\"backup_path\":%s,\"destination_id\":%s,\"confirm\":true}"
                .formatted(json(path), json(destination)));
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
    assertThat(JSON.readTree(restored.body()).path("success").asBoolean()).isTrue();
  }

  @Test
  void pollsAnExecutionWithACommentUntilItHasEnded() throws Exception {
    String destination = createDestination();
    HttpResponse<String> triggered =
        send(
            "POST",
            "/trigger",
            "{\"destination_id\":%s,\"comment\":\"integration\"}".formatted(json(destination)));
    String id = JSON.readTree(triggered.body()).path("execution_id").asString();
    JsonNode ended = ended(id);
    assertThat(ended.path("status").asString()).isEqualTo("completed");
    assertThat(ended.path("triggered_by").asString()).isEqualTo("manual:admin");
    for (String field :
        new String[] {
          "id",
          "destination_id",
          "backup_filename",
          "backup_path",
          "triggered_by",
          "started_at",
          "completed_at",
          "status",
          "size_bytes",
          "compressed_size_bytes",
          "files_included",
          "error_message",
          "manifest"
        }) {
      assertThat(ended.has(field)).as(field).isTrue();
    }
    JsonNode manifest = ended.path("manifest");
    assertThat(manifest.path("backup_metadata").path("backup_type").asString()).isEqualTo("manual");
    long listed = 0;
    for (JsonNode file : manifest.path("contents")) {
      listed += file.path("size_bytes").asLong();
    }
    assertThat(ended.path("size_bytes").asLong()).isEqualTo(listed);
  }

  @Test
  void aUserThatWasDeletedIsBackAfterAnEncryptedBackupIsRestored() throws Exception {
    service.close();
    Path config = service.home().configFile();
    Files.writeString(
        config,
        Files.readString(config)
            .replace("encryption_enabled = false", "encryption_enabled = true"));
    Map<String, String> passphrase = Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "e2e-passphrase");
    service = LiveService.restart(service.home(), passphrase);
    logIn();
    String destination = createDestination();
    String id =
        JSON.readTree(
                send("POST", "/trigger", "{\"destination_id\":" + json(destination) + "}").body())
            .path("execution_id")
            .asString();
    String path = ended(id).path("backup_path").asString();
    int users = users("SELECT count(*) FROM local_users");
    users("DELETE FROM local_users RETURNING 0");
    HttpResponse<String> restored =
        send(
            "POST",
            "/restore",
            "{\"backup_path\":%s,\"destination_id\":%s,\"components\":[\"users\"],\"confirm\":true}"
                .formatted(json(path), json(destination)));
    assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
    service.close();
    service = LiveService.restart(service.home(), passphrase);
    assertThat(users("SELECT count(*) FROM local_users")).isEqualTo(users).isPositive();
  }

  private String createDestination() throws Exception {
    Path root = directory.resolve("backups");
    HttpResponse<String> created =
        send(
            "POST",
            "/destinations",
            "{\"name\":\"local-test\",\"type\":\"local\",\"config\":{\"base_path\":%s,\"allowed_root\":%s},\"retention_days\":30}"
                .formatted(json(root.resolve("sub").toString()), json(root.toString())));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    return JSON.readTree(created.body()).path("id").asString();
  }

  private JsonNode ended(String id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> JSON.readTree(send("GET", "/executions/" + id, "").body()),
            execution ->
                Set.of("completed", "failed").contains(execution.path("status").asString()));
  }

  private void logIn() throws Exception {
    session = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpRequest login =
        HttpRequest.newBuilder(service.url("/admin/login"))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"username\":\"admin\",\"password\":" + json(TestService.PASSWORD) + "}"))
            .build();
    HttpResponse<String> answer = session.send(login, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("set-cookie").orElse("")).startsWith("admin_session=");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.url(BACKUP + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return session.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private int users(String sql) throws SQLException {
    try (Connection users =
            DriverManager.getConnection(
                "jdbc:sqlite:" + service.home().data().resolve("local_auth.db"));
        Statement statement = users.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }
}
