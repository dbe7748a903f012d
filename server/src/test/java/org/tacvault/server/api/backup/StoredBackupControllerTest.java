package org.tacvault.server.api.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;
import static org.tacvault.server.api.Api.query;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.TestService;
import org.tacvault.server.api.Api;
import tools.jackson.databind.JsonNode;

class StoredBackupControllerTest {
  private static LiveService service;
  private static Api api;
  private static String destination;
  private static Path stored;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
    destination = api.destination("main", directory.resolve("main store"));
    stored = Path.of(api.backup(destination).path("backup_path").asString());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void aListingNamesWhatIsOnDisk() throws Exception {
    JsonNode backup = api.newest(destination);
    assertThat(Path.of(backup.path("path").asString())).isRegularFile();
    assertThat(backup.path("size_bytes").asLong())
        .isEqualTo(Files.size(Path.of(backup.path("path").asString())));
    assertThat(backup.path("checksum_sha256").asString()).hasSize(64);
    assertThat(backup.path("destination_name").asString()).isEqualTo("main");
    assertThat(backup.path("type").asString()).isEqualTo("manual");
    assertThat(service.get(BACKUP + "/backups").json().path("backups"))
        .isEqualTo(service.get(BACKUP + "/list").json().path("backups"));
    assertThat(service.get(BACKUP + "/list?destination_id=nobody").status()).isEqualTo(404);
  }

  @Test
  void aDestinationThatCannotBeListedIsToldBesideTheOthers() throws Exception {
    Path base = directory.resolve("unplugged");
    String id = api.destination("unplugged", base);
    Files.delete(base);
    try {
      JsonNode all = service.get(BACKUP + "/list").json();
      assertThat(all.path("backups")).isNotEmpty();
      assertThat(all.path("errors").findValuesAsString("destination_name"))
          .containsExactly("unplugged");
      assertThat(service.get(BACKUP + "/list?destination_id=" + id).status()).isEqualTo(404);
    } finally {
      service.delete(BACKUP + "/destinations/" + id);
    }
  }

  @Test
  void aDownloadIsTheArchiveWithItsNameAndLength() throws Exception {
    HttpResponse<byte[]> answer = download();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(stored));
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"" + stored.getFileName() + "\"");
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(Files.size(stored));
    assertThat(answer.headers().firstValue("accept-ranges")).hasValue("bytes");
    String tag = answer.headers().firstValue("etag").orElseThrow();
    assertThat(download("If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  void aRangeIsAPartOfIt() throws Exception {
    HttpResponse<byte[]> part = download("Range", "bytes=100-199");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(Files.readAllBytes(stored), 100, 200));
    assertThat(download("Range", "bytes=" + (1L << 40) + "-").statusCode()).isEqualTo(416);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../home/config/tacacs.conf",
        "/etc/passwd",
        "a/../../x.tar.gz",
        "~/x.tar.gz",
        "..%2f..%2fx.tar.gz",
        "x\u0000.tar.gz",
        "none/such/backup-a-20260101-000000-manual.tar.gz"
      })
  void noPathLeadsOutOfTheDestination(String path) {
    String where = "?destination_id=" + destination + "&backup_path=" + query(path);
    assertThat(service.get(BACKUP + "/download" + where).status()).isIn(400, 404);
    assertThat(service.delete(BACKUP + "/backups" + where).status()).isIn(400, 404);
    assertThat(service.home().configFile()).exists();
  }

  @Test
  void aPinnedBackupIsNotDeletedUntilItIsUnpinned() throws Exception {
    Path path = Path.of(api.backup(destination).path("backup_path").asString());
    Files.writeString(path.resolveSibling(path.getFileName() + ".manifest.json"), "{}");
    String where = "?destination_id=" + destination + "&backup_path=" + query(path.toString());
    Answer pinned =
        service.post(
            BACKUP + "/backups/pin",
            "{\"destination_id\":%s,\"backup_path\":%s,\"reason\":\"before the upgrade\"}"
                .formatted(json(destination), json(path.toString())));
    assertThat(pinned.status()).as(pinned.body()).isEqualTo(200);
    Answer refused = service.delete(BACKUP + "/backups" + where);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("detail")).contains("before the upgrade");
    assertThat(path).exists();
    assertThat(service.delete(BACKUP + "/backups/pin" + where).status()).isEqualTo(200);
    assertThat(service.delete(BACKUP + "/backups/pin" + where).status()).isEqualTo(404);
    assertThat(service.delete(BACKUP + "/backups" + where).body()).isEqualTo("{\"success\":true}");
    assertThat(path).doesNotExist();
    assertThat(path.resolveSibling(path.getFileName() + ".manifest.json")).doesNotExist();
    assertThat(service.delete(BACKUP + "/backups" + where).status()).isEqualTo(404);
  }

  @Test
  void anUploadIsVerifiedAndStoredUnderItsProperName() throws Exception {
    String other = api.destination("uploads", directory.resolve("uploads"));
    Answer uploaded = upload(other, "renamed by hand.tar.gz", Files.readAllBytes(stored));
    assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
    assertThat(uploaded.json().path("verified").asBoolean()).isTrue();
    assertThat(uploaded.text("filename"))
        .matches("backup-tacacs-sample-\\d{8}-\\d{6}-manual.tar.gz");
    assertThat(Path.of(uploaded.text("backup_path"))).hasBinaryContent(Files.readAllBytes(stored));
    Answer again = upload(other, stored.getFileName().toString(), Files.readAllBytes(stored));
    assertThat(again.status()).isEqualTo(409);
    assertThat(service.get(BACKUP + "/list?destination_id=" + other).json().path("backups").size())
        .isEqualTo(1);
    assertNothingIsLeft();
  }

  @Test
  void whatIsNoGoodArchiveIsNotStored() throws Exception {
    String other = api.destination("refusing", directory.resolve("refusing"));
    byte[] damaged = Files.readAllBytes(stored);
    damaged[damaged.length / 2] ^= 1;
    String name = stored.getFileName().toString();
    assertThat(upload(other, name, damaged).status()).isEqualTo(422);
    assertThat(upload(other, name, "no archive".getBytes(StandardCharsets.US_ASCII)).status())
        .isEqualTo(422);
    assertThat(upload("nobody", name, damaged).status()).isEqualTo(404);
    assertThat(service.get(BACKUP + "/list?destination_id=" + other).json().path("backups"))
        .isEmpty();
    assertNothingIsLeft();
  }

  @Test
  void anUploadWithoutItsPartsNamesThem() {
    Answer answer =
        service.send(
            "POST",
            BACKUP + "/upload",
            BodyPublishers.ofString(
                "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n--b--\r\n"),
            "Content-Type",
            "multipart/form-data; boundary=b");
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("[\"body\",\"destination_id\"]");
  }

  @Test
  void theNumbersCountAllBackups() {
    JsonNode stats = service.get(BACKUP + "/stats").json();
    assertThat(stats.path("total_backups").asInt()).isPositive();
    assertThat(stats.path("success_rate").asDouble()).isEqualTo(100.0);
    assertThat(stats.path("total_size_bytes").asLong()).isPositive();
    assertThat(stats.path("oldest_backup_at").asString()).endsWith("+00:00");
  }

  private static void assertNothingIsLeft() throws IOException {
    try (var files = Files.walk(service.home().data().resolve("backup_temp"))) {
      assertThat(
              files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".lock")))
          .isEmpty();
    }
  }

  private static HttpResponse<byte[]> download(String... headers) throws Exception {
    String path =
        BACKUP
            + "/download?destination_id="
            + destination
            + "&backup_path="
            + query(stored.toString());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.url(path)).header("X-API-Token", TestService.TOKEN);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Answer upload(String destinationId, String name, byte[] content) {
    return api.upload(destinationId, name, content, "");
  }
}
