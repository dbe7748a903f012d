package org.tacvault.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tacvault.server.LiveService.BACKUP;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of the API do again and again. */
public record Api(LiveService service) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Adds a local destination and returns its id. */
  public String destination(String name, Path base) {
    String body =
        "{\"name\":%s,\"type\":\"local\",\"config\":{\"base_path\":%s}}"
            .formatted(json(name), json(base.toString()));
    Answer answer = service.post(BACKUP + "/destinations", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.text("id");
  }

  /** Makes a backup and returns its execution when it has completed. */
  public JsonNode backup(String destinationId) {
    Answer started =
        service.post(BACKUP + "/trigger", "{\"destination_id\":" + json(destinationId) + "}");
    assertThat(started.status()).as(started.body()).isEqualTo(200);
    JsonNode execution = ended(started.text("execution_id"));
    assertThat(execution.path("status").asString()).as(execution.toString()).isEqualTo("completed");
    return execution;
  }

  /** The execution, when it has ended. */
  public JsonNode ended(String id) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> service.get(BACKUP + "/executions/" + id).json(),
            execution -> !execution.path("status").asString().equals("running"));
  }

  /** The first stored backup of a listing. */
  public JsonNode newest(String destinationId) {
    return service
        .get(BACKUP + "/list?destination_id=" + query(destinationId))
        .json()
        .path("backups")
        .path(0);
  }

  /**
   * Uploads an archive.
   *
   * @param passphrase not sent when empty
   */
  public Answer upload(String destinationId, String name, byte[] content, String passphrase) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(field("destination_id", destinationId));
    if (!passphrase.isEmpty()) {
      form.writeBytes(field("passphrase", passphrase));
    }
    form.writeBytes(
        bytes(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name
                + "\"\r\nContent-Type: application/gzip\r\n\r\n"));
    form.writeBytes(content);
    form.writeBytes(bytes("\r\n--b--\r\n"));
    return service.send(
        "POST",
        BACKUP + "/upload",
        BodyPublishers.ofByteArray(form.toByteArray()),
        "Content-Type",
        "multipart/form-data; boundary=b");
  }

  private static byte[] field(String name, String value) {
    return bytes(
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As a JSON string. */
  public static String json(String text) {
    return JSON.writeValueAsString(text);
  }

  /** As a part of a query. */
  public static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
