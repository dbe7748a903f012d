package org.tacvault.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.server.LiveService.BACKUP;
import static org.tacvault.server.api.Api.json;
import static org.tacvault.server.api.Api.query;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.io.Sha256;
import org.tacvault.server.LiveService;
import org.tacvault.server.LiveService.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what no client should to every operation. Every request has something that keeps it from
 * being carried out, so nothing may change; and nothing may be the service's fault.
 */
class FuzzTest {
  private static final long SEED = 20_261_129;
  private static final int RANDOM_BODIES = 40;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "../../etc/passwd",
          "..\\..\\x.tar.gz",
          "/etc/passwd",
          "/proc/self/environ",
          "a/../../../x.tar.gz",
          "./x.tar.gz",
          "~root/x.tar.gz",
          "$HOME/x.tar.gz",
          "%2e%2e%2fx.tar.gz",
          "x\u0000.tar.gz",
          "x\r\nDELE y.tar.gz",
          "'; DROP TABLE backup_executions; --",
          "\" OR 1=1 --",
          "name='x', type",
          "x' UNION SELECT * FROM backup_destinations --",
          "\u202egnp.tar.gz",
          "日本語/ü\uD83D\uDE00.tar.gz",
          "\uFFFF",
          "{{7*7}}${jndi:ldap://x}",
          "-1",
          "9999999999999999999999",
          "NaN",
          "x".repeat(20_000));

  private static final List<String> WRONG_TYPES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e400",
          "3.7",
          "[]",
          "{}",
          "[[[]]]",
          "[null]",
          "{\"a\":{\"b\":[1]}}",
          "99999999999999999999",
          "\"\"");

  @TempDir Path directory;
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private LiveService service;
  private String id;
  private String archive;

  @BeforeEach
  void start() {
    service = LiveService.start(directory.resolve("home"));
    Api api = new Api(service);
    id = api.destination("one", directory.resolve("one"));
    api.destination("two", directory.resolve("two"));
    archive = api.backup(id).path("backup_path").asString();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** A request with a body, and what keeps it from being carried out, whatever else is sent. */
  private record Operation(String method, String path, String body) {}

  private List<Operation> operations() {
    String path = json(archive);
    String where = "\"destination_id\":" + json(id) + ",";
    String one = BACKUP + "/destinations/" + id;
    return List.of(
        new Operation(
            "POST",
            BACKUP + "/destinations",
            "{\"name\":\"n\",\"type\":\"local\",\"config\":{\"base_path\":\"/proc/1/no\"},"
                + "\"retention_days\":30}"),
        new Operation(
            "POST",
            BACKUP + "/destinations/test",
            "{\"type\":\"local\",\"config\":{\"base_path\":\"/proc/1/no\"}}"),
        new Operation(
            "PUT",
            one,
            "{\"name\":\"n\",\"type\":\"local\",\"enabled\":true,\"retention_days\":3,"
                + "\"config\":{\"base_path\":\"/proc/1/no\"},\"poison\":1}"),
        new Operation(
            "PUT",
            one + "/retention",
            "{\"strategy\":\"poison\",\"keep_daily\":1,\"keep_weekly\":1,\"keep_monthly\":1,"
                + "\"keep_yearly\":1,\"keep_count\":1,\"keep_days\":1}"),
        new Operation(
            "POST", BACKUP + "/trigger", "{\"destination_id\":\"none\",\"comment\":\"c\"}"),
        new Operation(
            "POST",
            BACKUP + "/restore",
            "{\"backup_path\":"
                + path
                + ","
                + where
                + "\"components\":[\"poison\"],"
                + "\"confirm\":true,\"async_mode\":false,\"history\":\"replace\","
                + "\"keep_revocations\":false,\"confirm_within\":\"10m\",\"force\":false,"
                + "\"passphrase\":\"p\",\"identity\":\"i\"}"),
        new Operation(
            "POST",
            BACKUP + "/backups/restore",
            "{\"backup_path\":\"none.tar.gz\"," + where + "\"confirm\":true}"),
        new Operation(
            "POST",
            BACKUP + "/restore/preview",
            "{\"backup_path\":\"none.tar.gz\"," + where + "\"components\":[\"users\"]}"),
        new Operation(
            "POST",
            BACKUP + "/restore/undo",
            "{\"components\":[\"users\"],\"confirm\":false,\"force\":false}"),
        new Operation("POST", BACKUP + "/restore/keep", "{}"),
        new Operation(
            "POST",
            BACKUP + "/verify",
            "{\"backup_path\":\"none.tar.gz\","
                + where
                + "\"async_mode\":false,"
                + "\"passphrase\":\"p\",\"identity\":\"i\"}"),
        new Operation(
            "POST",
            BACKUP + "/schedule",
            "{"
                + where
                + "\"schedule_type\":\"cron\",\"schedule_value\":\"poison\",\"job_name\":\"n\","
                + "\"time_zone\":\"UTC\",\"comment\":\"c\",\"retries\":1,\"catch_up\":true}"),
        new Operation(
            "POST",
            BACKUP + "/schedule/preview",
            "{\"schedule_type\":\"cron\",\"schedule_value\":\"0 4 * * *\",\"time_zone\":\"UTC\"}"),
        new Operation(
            "POST",
            BACKUP + "/backups/pin",
            "{\"backup_path\":\"none.tar.gz\"," + where + "\"reason\":\"r\"}"));
  }

  /** Paths with a hole for what is hostile. */
  private List<Operation> places() {
    List<Operation> places = new ArrayList<>();
    String d = BACKUP + "/destinations/%s";
    String stored = "?destination_id=" + id + "&backup_path=%s";
    for (String path :
        List.of(
            d,
            d + "/retention",
            BACKUP + "/executions/%s",
            BACKUP + "/executions/%s/events",
            BACKUP + "/executions?limit=%s",
            BACKUP + "/executions?offset=%s",
            BACKUP + "/executions?status=%s",
            BACKUP + "/executions?kind=%s",
            BACKUP + "/executions?destination_id=%s",
            BACKUP + "/list?destination_id=%s",
            BACKUP + "/config?all=%s",
            BACKUP + "/stats?x=%s",
            BACKUP + "/restore/held?x=%s",
            BACKUP + "/schedule?x=%s",
            BACKUP + "/download" + stored,
            BACKUP + "/download?backup_path=x.tar.gz&destination_id=%s")) {
      places.add(new Operation("GET", path, ""));
    }
    for (String path :
        List.of(
            d,
            BACKUP + "/executions/%s",
            BACKUP + "/schedule/%s",
            BACKUP + "/backups" + stored,
            BACKUP + "/backups?backup_path=x.tar.gz&destination_id=%s",
            BACKUP + "/backups/pin" + stored)) {
      places.add(new Operation("DELETE", path, ""));
    }
    String one = "destination_id=" + id + "&schedule_type=cron&job_name=n&schedule_value=";
    for (String path :
        List.of("/%s/pause", "/%s/resume", "/%s/trigger", "?" + one + "%s", "?job_name=%s")) {
      places.add(new Operation("POST", BACKUP + "/schedule" + path, ""));
    }
    places.add(new Operation("POST", d + "/test", ""));
    places.add(new Operation("POST", d + "/apply-retention", ""));
    places.add(new Operation("PUT", d, "{\"enabled\":false}"));
    places.add(new Operation("PUT", d + "/retention", "{\"strategy\":\"hanoi\"}"));
    return places;
  }

  @Test
  void nothingHostileIsTheServicesFaultNorChangesAnything() throws Exception {
    Map<String, String> before = state();
    operations().forEach(this::everyFieldOf);
    for (Operation place : places()) {
      for (String text : HOSTILE) {
        // Paths without their last segment are other operations; a long one is a long URL.
        if (!(text.isBlank() && place.path().contains("/%s"))) {
          send(place.method(), place.path().formatted(query(shortened(text))), place.body());
        }
      }
    }
    hostileUploads();
    assertThat(faults).isEmpty();
    assertThat(statuses.keySet()).as("%s", statuses).contains(400, 404, 422);
    assertThat(state()).isEqualTo(before);
  }

  private void everyFieldOf(Operation operation) {
    ObjectNode valid = (ObjectNode) JSON.readTree(operation.body());
    Random random = new Random(SEED ^ valid.propertyNames().hashCode());
    for (String field : List.copyOf(valid.propertyNames())) {
      ObjectNode missing = valid.deepCopy();
      missing.remove(field);
      if (!isPoison(operation, field)) {
        send(operation, missing.toString());
        WRONG_TYPES.forEach(type -> send(operation, with(valid, field, type)));
        HOSTILE.forEach(text -> send(operation, with(valid, field, json(text))));
      }
      HOSTILE.forEach(text -> send(operation, nested(valid, field, text)));
    }
    send(operation, with(valid, "unknown", "1"));
    WRONG_TYPES.forEach(type -> send(operation, type));
    send(operation, "{\"a\":".repeat(5_000));
    send(operation, "\uFEFF{}");
    for (int i = 0; i < RANDOM_BODIES; i++) {
      send(operation, poisoned(operation, valid, randomJson(random, valid, 0)));
    }
  }

  /** What keeps the request from being carried out stays in it, whatever else was made up. */
  private static String poisoned(Operation operation, ObjectNode valid, String json) {
    if (!(JSON.readTree(json) instanceof ObjectNode object)) {
      return json;
    }
    for (String field : valid.propertyNames()) {
      if (isPoison(operation, field)) {
        object.set(field, valid.get(field));
      }
    }
    return object.toString();
  }

  /** Without it the request would be good; hostile values take its place all the same. */
  private static boolean isPoison(Operation operation, String field) {
    String value = JSON.readTree(operation.body()).path(field).toString();
    return value.contains("poison")
        || value.contains("none")
        || value.contains("/proc/1/no")
        || field.equals("confirm");
  }

  /** The hostile text where the field is; within it, when that is a list or an object. */
  private static String nested(ObjectNode valid, String field, String text) {
    JsonNode old = valid.path(field);
    if (old.isArray()) {
      return with(valid, field, "[" + json(text) + "]");
    }
    if (old.isObject()) {
      return with(valid, field, "{" + json(text) + ":1,\"base_path\":" + json(text) + "}");
    }
    return old.isString() && !text.isBlank() ? with(valid, field, json(text)) : valid.toString();
  }

  private static String with(ObjectNode valid, String field, String value) {
    String placeholder = "\"@@@\"";
    ObjectNode changed = valid.deepCopy();
    changed.put(field, "@@@");
    return changed.toString().replace(placeholder, value);
  }

  private static String randomJson(Random random, ObjectNode valid, int depth) {
    List<String> names = List.copyOf(valid.propertyNames());
    String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
    return switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextLong());
      case 2 -> json(HOSTILE.get(random.nextInt(HOSTILE.size())));
      case 3 -> "false";
      case 4 -> "[" + randomJson(random, valid, depth + 1) + "]";
      default -> "{" + json(name) + ":" + randomJson(random, valid, depth + 1) + "}";
    };
  }

  private void hostileUploads() {
    for (String text : HOSTILE) {
      String name = text.replaceAll("[\"\\r\\n]", "_");
      String form =
          "--b\r\nContent-Disposition: form-data; name=\"destination_id\"\r\n\r\n"
              + id
              + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
              + shortened(name)
              + "\"\r\n\r\nnot an archive\r\n--b--\r\n";
      record(
          "POST upload " + name,
          service.send(
              "POST",
              BACKUP + "/upload",
              BodyPublishers.ofString(form),
              "Content-Type",
              "multipart/form-data; boundary=b"));
    }
    record(
        "POST upload cut off",
        service.send(
            "POST",
            BACKUP + "/upload",
            BodyPublishers.ofString("--b\r\nContent-Disposition: form-data; name=\"file\""),
            "Content-Type",
            "multipart/form-data; boundary=b"));
  }

  private void send(Operation operation, String body) {
    send(operation.method(), operation.path(), body);
  }

  private void send(String method, String path, String body) {
    Answer answer =
        service.send(
            method,
            path,
            BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)),
            "Content-Type",
            "application/json");
    record(method + " " + path + " " + body, answer);
  }

  private void record(String request, Answer answer) {
    statuses.merge(answer.status(), 1, Integer::sum);
    boolean leaks = answer.body().contains("\tat ") || answer.body().contains("SQLException");
    if (answer.status() >= 500 || leaks) {
      faults.add(answer.status() + " " + shortened(answer.body()) + " to " + shortened(request));
    }
  }

  private static String shortened(String text) {
    return text.length() > 500 ? text.substring(0, 500) : text;
  }

  /** Everything that a request could have changed. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    for (String path :
        List.of("/destinations", "/executions?kind=all", "/list", "/config", "/schedule")) {
      state.put(path, service.get(BACKUP + path).body());
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        boolean isOurs = name.matches(".*backup_(executions|jobs).*|.*\\.lock");
        if (!isOurs && !name.endsWith("-wal") && !name.endsWith("-shm")) {
          state.put(name, Sha256.hex(file));
        }
      }
    }
    return state;
  }
}
