package org.tacvault.server.api.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import org.tacvault.server.api.Api;
import tools.jackson.databind.JsonNode;

class DestinationsControllerTest {
  private static final String DESTINATIONS = BACKUP + "/destinations";
  private static LiveService service;
  private static Api api;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    service = LiveService.start(directory.resolve("home"));
    api = new Api(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void isAddedAfterATestAndShownInListAndDetail() {
    Path base = directory.resolve("daily");
    Answer added =
        service.post(
            DESTINATIONS,
            "{\"name\":\"local_daily\",\"type\":\" LOCAL \",\"config\":{\"base_path\":%s,"
                    .formatted(json(base + "/../daily2/./x"))
                + "\"allowed_root\":"
                + json(directory.toString())
                + "},\"retention_days\":\"45\"}");
    assertThat(added.status()).as(added.body()).isEqualTo(400);
    added =
        service.post(
            DESTINATIONS,
            "{\"name\":\"local_daily\",\"type\":\" LOCAL \",\"config\":{\"base_path\":%s,"
                    .formatted(json(base + "/./"))
                + "\"allowed_root\":"
                + json(directory.toString())
                + "},\"retention_days\":\"45\"}");
    assertThat(added.status()).as(added.body()).isEqualTo(200);
    assertThat(added.text("type")).isEqualTo("local");
    assertThat(added.text("connection_test")).isEqualTo("passed");
    assertThat(Files.isDirectory(base)).isTrue();

    JsonNode listed = service.get(DESTINATIONS).json().path("destinations").path(0);
    assertThat(listed.path("id").asString()).isEqualTo(added.text("id"));
    assertThat(listed.path("enabled").isBoolean()).isTrue();
    assertThat(listed.path("retention_days").asInt()).isEqualTo(45);
    assertThat(listed.path("created_by").asString()).isEqualTo("api-token");
    assertThat(listed.path("last_backup_at").isNull()).isTrue();
    assertThat(listed.path("config").path("base_path").asString()).isEqualTo(base.toString());

    JsonNode detail = service.get(DESTINATIONS + "/" + added.text("id")).json();
    assertThat(detail.path("retention_strategy").asString()).isEqualTo("simple");
    assertThat(detail.path("retention_config_json").asString()).isEqualTo("{\"keep_days\":45}");
    assertThat(service.get(DESTINATIONS + "/local_daily").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ftpx  | {\"base_path\":\"/x\"}       | Unknown destination type: ftpx",
        "local | {}                           | 'base_path' must be a non-empty string",
        "local | {\"base_path\":\"x/y\"}      | Invalid base_path: Base directory must be an absolute path",
        "local | {\"base_path\":\"/proc/1/x\"} | Connection test failed: directory:",
        "local | {\"base_path\":\"/x\",\"b\":1} | Unknown configuration keys: b",
      })
  void whatCannotBeIsABadRequestInTheWordsOfThePythonServer(
      String type, String config, String detail) {
    Answer answer =
        service.post(
            DESTINATIONS,
            "{\"name\":\"n\",\"type\":%s,\"config\":%s}".formatted(json(type), config));
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).startsWith(detail);
    assertThat(service.get(DESTINATIONS + "/n").status()).isEqualTo(404);
  }

  @Test
  void allMissingFieldsAreNamedTogether() {
    Answer answer = service.post(DESTINATIONS, "{\"retention_days\":0}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("[\"body\",\"name\"]", "[\"body\",\"type\"]", "[\"body\",\"config\"]")
        .contains("[\"body\",\"retention_days\"]");
  }

  @Test
  void aNameThatIsTakenIsAConflict() {
    api.destination("taken", directory.resolve("t1"));
    Answer answer =
        service.post(
            DESTINATIONS,
            "{\"name\":\"taken\",\"type\":\"local\",\"config\":{\"base_path\":%s}}"
                .formatted(json(directory.resolve("t2").toString())));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("kind")).isEqualTo("conflict");
  }

  @Test
  void aChangeOfTheConfigurationIsTestedFirst() {
    String id = api.destination("changing", directory.resolve("c1"));
    String path = DESTINATIONS + "/" + id;
    assertThat(service.put(path, "{\"config\":{\"base_path\":\"/proc/1/no\"}}").status())
        .isEqualTo(400);
    assertThat(service.get(path).json().path("config").path("base_path").asString())
        .isEqualTo(directory.resolve("c1").toString());
    Answer changed =
        service.put(
            path,
            "{\"config\":{\"base_path\":%s},\"enabled\":0,\"retention_days\":7,\"name\":\"grün\"}"
                .formatted(json(directory.resolve("c2").toString())));
    assertThat(changed.body()).isEqualTo("{\"success\":true}");
    JsonNode now = service.get(path).json();
    assertThat(now.path("config").path("base_path").asString())
        .isEqualTo(directory.resolve("c2").toString());
    assertThat(now.path("enabled").asBoolean()).isFalse();
    assertThat(now.path("name").asString()).isEqualTo("grün");
    assertThat(now.path("retention_config_json").asString()).isEqualTo("{\"keep_days\":7}");
  }

  @ParameterizedTest
  @CsvSource({"id", "created_at", "config_json", "'name=''x'', type'"})
  void onlyWhatMayBeChangedIs(String key) {
    String id = api.destination("fixed " + key.hashCode(), directory.resolve("f" + key.hashCode()));
    Answer answer = service.put(DESTINATIONS + "/" + id, "{" + json(key) + ":\"x\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(key);
    assertThat(answer.text("hint")).contains("retention_days");
  }

  @Test
  void isDeletedUnlessAnExecutionRefersToIt() {
    String unused = api.destination("unused", directory.resolve("u"));
    assertThat(service.delete(DESTINATIONS + "/" + unused).body()).isEqualTo("{\"success\":true}");
    assertThat(service.delete(DESTINATIONS + "/" + unused).status()).isEqualTo(404);
    String used = api.destination("used", directory.resolve("used"));
    api.backup(used);
    Answer refused = service.delete(DESTINATIONS + "/" + used);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo("Cannot delete destination with existing backups");
    JsonNode row = service.get(DESTINATIONS + "/" + used).json();
    assertThat(row.path("last_backup_status").asString()).isEqualTo("success");
  }

  @Test
  void aConnectionTestThatFailsIsAnAnswer() throws Exception {
    Path base = directory.resolve("gone");
    String id = api.destination("gone", base);
    assertThat(service.post(DESTINATIONS + "/" + id + "/test", "").text("message")).isEqualTo("OK");
    Files.delete(base);
    Files.writeString(base, "a file");
    Answer failed = service.post(DESTINATIONS + "/" + id + "/test", "");
    assertThat(failed.status()).isEqualTo(200);
    assertThat(failed.json().path("success").asBoolean()).isFalse();
    assertThat(failed.text("message")).startsWith("directory: ");
    assertThat(failed.json().path("steps").path(0).path("name").asString()).isEqualTo("directory");
  }

  @Test
  void aConfigurationIsTestedWithoutBeingStored() {
    Path base = directory.resolve("trial");
    Answer tested =
        service.post(
            DESTINATIONS + "/test",
            "{\"type\":\"local\",\"config\":{\"base_path\":" + json(base.toString()) + "}}");
    assertThat(tested.json().path("success").asBoolean()).as(tested.body()).isTrue();
    assertThat(service.get(DESTINATIONS).body()).doesNotContain("trial");
  }

  @Test
  void aTestOfAChangeNamesTheDestinationThatItIsFor() {
    String body =
        "{\"type\":\"local\",\"destination_id\":%s,\"config\":{\"base_path\":"
            + json(directory.resolve("moved").toString())
            + "}}";
    String id = api.destination("moving", directory.resolve("moving"));
    Answer tested = service.post(DESTINATIONS + "/test", body.formatted(json(id)));
    assertThat(tested.json().path("success").asBoolean()).as(tested.body()).isTrue();
    assertThat(service.post(DESTINATIONS + "/test", body.formatted("\"none\"")).status())
        .isEqualTo(404);
  }

  @Test
  void theRetentionRuleIsReplacedWholeAndExplained() {
    String id = api.destination("kept", directory.resolve("kept"));
    String path = DESTINATIONS + "/" + id + "/retention";
    Answer set = service.put(path, "{\"strategy\":\"gfs\",\"keep_daily\":3,\"keep_yearly\":0}");
    assertThat(set.body())
        .isEqualTo(
            "{\"success\":true,\"retention_policy\":{\"strategy\":\"gfs\",\"keep_daily\":3,"
                + "\"keep_yearly\":0}}");
    assertThat(service.get(path).json().path("config").path("keep_weekly").asInt()).isEqualTo(4);
    Answer unknown = service.put(path, "{\"strategy\":\"lru\"}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("detail")).isEqualTo("'lru' is not a valid RetentionStrategy");
    assertThat(service.put(path, "{\"strategy\":\"simple\",\"keep_count\":0}").status())
        .isEqualTo(400);
    assertThat(service.get(path).text("strategy")).isEqualTo("gfs");
  }

  @Test
  void applyingTheRuleIsAnExecutionToFollow() {
    String id = api.destination("pruned", directory.resolve("pruned"));
    api.backup(id);
    api.backup(id);
    service.put(
        DESTINATIONS + "/" + id + "/retention", "{\"strategy\":\"simple\",\"keep_count\":1}");
    Answer applying = service.post(DESTINATIONS + "/" + id + "/apply-retention", "");
    assertThat(applying.status()).as(applying.body()).isEqualTo(200);
    JsonNode done = api.ended(applying.text("execution_id"));
    assertThat(done.path("kind").asString()).isEqualTo("retention");
    assertThat(done.path("manifest").path("deleted").size()).isEqualTo(1);
    assertThat(service.get(BACKUP + "/list?destination_id=" + id).json().path("backups").size())
        .isEqualTo(1);
  }
}
