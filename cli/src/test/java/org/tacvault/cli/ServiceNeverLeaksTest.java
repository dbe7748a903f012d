package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every operation of the service, well and badly, on a home that is full of secrets: none comes out
 * in an answer, a header, the log, the arguments of the process, the catalog or a file that is
 * left.
 */
class ServiceNeverLeaksTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String BACKUP = "/api/admin/backup";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temp;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> driven = new TreeSet<>();
  private final Map<String, String> environment = new HashMap<>();
  private Canaries canaries;
  private Path root;
  private ServiceProcess service;

  @BeforeEach
  void plant() throws Exception {
    root = temp.resolve("home");
    SampleHome.create(root, SampleSize.SMALL, 7, HomeRun.NOW);
    canaries = Canaries.plant(root);
    new HomeRun(root, Shell.in(root))
        .run("destination", "add", "nas", "--type", "local", "--path", store().toString());
    canaries.intoCatalog(root.resolve("data/backup_executions.db"));
    Path config = root.resolve("config/tacacs.conf");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("encryption_enabled = false", "encryption_enabled = true"));
    environment.putAll(canaries.environment());
    String password = canaries.secret("password that is logged in with");
    String hash = new BCryptPasswordEncoder(4).encode(password);
    canaries.watch("hash of the password", hash);
    environment.put("ADMIN_PASSWORD_HASH", hash);
    environment.put("LOGIN", password);
  }

  @AfterEach
  void end() {
    service.close();
  }

  @Test
  void noSecretComesOutOfAnyOperation() throws Exception {
    start("--log-format", "json");
    sessions();
    backups();
    destinations();
    schedules();
    looks();
    pages();
    failures();
    assertEveryOperationWasDriven();
    canaries.assertSilent("arguments", commandLine());
    canaries.assertSilent("log", service.stop());
    canaries.assertSilentFiles(root);
    canaries.assertSilentFiles(store());
    assertThat(root.resolve("data/backup_temp")).isEmptyDirectory();
  }

  private void sessions() throws Exception {
    String right = json(environment.get("LOGIN"));
    String wrong = json(canaries.secret("wrong password"));
    drive("POST", "/admin/login", "{\"username\":\"admin\",\"password\":" + wrong + "}");
    String cookie =
        drive("POST", "/admin/login", "{\"username\":\"admin\",\"password\":" + right + "}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .split(";")[0];
    canaries.watch("session", cookie.substring(cookie.indexOf('=') + 1));
    send(
        request("POST", "/admin/login", "username=admin&password=" + environment.get("LOGIN"))
            .setHeader("Content-Type", "application/x-www-form-urlencoded"));
    send(
        request("GET", BACKUP + "/stats", "")
            .setHeader("X-API-Token", canaries.secret("wrong token")));
    send(request("GET", "/admin/login?password=" + canaries.secret("password in a URL"), ""));
    for (String path : new String[] {"/admin", "/admin/", "/admin/login", "/api/admin/sessions"}) {
      drive("GET", path, "");
    }
    drive("DELETE", "/api/admin/sessions/{id}", "", "none");
    send(request("POST", "/api/admin/sessions/logout-others", "").setHeader("Cookie", cookie));
    driven.add("POST /api/admin/sessions/logout-others");
    send(request("POST", "/admin/logout", "").setHeader("Cookie", cookie));
    driven.add("POST /admin/logout");
  }

  private void backups() throws Exception {
    String id = json(destination("nas"));
    String execution =
        good("POST", BACKUP + "/trigger", "{\"destination_id\":" + id + "}")
            .path("execution_id")
            .asString();
    String archive = ended(execution).path("backup_path").asString();
    assertThat(archive).endsWith(".age");
    String stored = "{\"destination_id\":" + id + ",\"backup_path\":" + json(archive);
    String opened =
        stored
            + ",\"passphrase\":"
            + json(canaries.secret("passphrase of a request"))
            + ",\"identity\":"
            + json("AGE-SECRET-KEY-1" + canaries.secret("identity of a request"));
    drive("POST", BACKUP + "/verify", opened + "}");
    drive("POST", BACKUP + "/restore/preview", opened + "}");
    drive("POST", BACKUP + "/restore", opened + "}");
    drive("POST", BACKUP + "/restore", opened + ",\"confirm\":true}");
    good("POST", BACKUP + "/verify", stored + "}");
    good("POST", BACKUP + "/restore/preview", stored + "}");
    good("POST", BACKUP + "/restore", stored + ",\"confirm\":true}");
    drive("POST", BACKUP + "/backups/restore", stored + ",\"confirm\":true,\"async_mode\":true}");
    await().atMost(PATIENCE).until(() -> running() == 0);
    drive("POST", BACKUP + "/restore/undo", "{\"confirm\":true}");
    drive("GET", BACKUP + "/restore/held", "");
    drive("POST", BACKUP + "/restore/keep", "");
    drive("POST", BACKUP + "/backups/pin", stored + ",\"reason\":\"x\"}");
    String query = "?destination_id=" + destination("nas") + "&backup_path=" + query(archive);
    drive("DELETE", BACKUP + "/backups/pin" + query, "");
    upload(canaries.secret("passphrase of an upload"));
    drive("DELETE", BACKUP + "/backups" + query, "");
    drive("GET", BACKUP + "/download" + query, "");
    drive("GET", BACKUP + "/executions/{id}", "", execution);
    drive("GET", BACKUP + "/executions/{id}/events", "", execution);
    drive("DELETE", BACKUP + "/executions/{id}", "", execution);
  }

  private void destinations() throws Exception {
    for (String name : new String[] {"nas", "ftp", "sftp", "azure", "other", "reference"}) {
      String id = destination(name);
      drive("GET", BACKUP + "/destinations/{id}", "", id);
      drive("POST", BACKUP + "/destinations/{id}/test", "", id);
      drive("POST", BACKUP + "/destinations/{id}/apply-retention", "", id);
      drive("GET", BACKUP + "/destinations/{id}/retention", "", id);
      drive("PUT", BACKUP + "/destinations/{id}/retention", "{\"strategy\":\"none\"}", id);
      drive("GET", BACKUP + "/list?destination_id=" + id, "");
      drive("POST", BACKUP + "/trigger", "{\"destination_id\":" + json(id) + "}");
      drive("PUT", BACKUP + "/destinations/{id}", "{\"name\":" + json(name + "2") + "}", id);
      String password = json(canaries.secret("new password of " + name));
      String config = "{\"host\":\"127.0.0.1\",\"port\":1,\"username\":\"u\",\"base_path\":\"/b\",";
      drive(
          "PUT",
          BACKUP + "/destinations/{id}",
          "{\"config\":" + config + "\"password\":" + password + "}}",
          id);
      for (String type : new String[] {"ftp", "sftp", "azure", "s3", "local", "none"}) {
        String secret = canaries.secret("config of a new " + type + " beside " + name);
        String keys =
            "\"password\":\"%1$s\",\"private_key\":\"-----BEGIN %1$s\",\"account_key\":\"%1$s\",\"secret_access_key\":\"%1$s\",\"connection_string\":\"AccountKey=%1$s\"}"
                .formatted(secret);
        drive(
            "POST",
            BACKUP + "/destinations",
            "{\"name\":\"new\",\"type\":\"" + type + "\",\"config\":" + config + keys + "}");
        drive(
            "POST",
            BACKUP + "/destinations/test",
            "{\"type\":\"" + type + "\",\"config\":" + config + keys + "}");
      }
    }
    await().atMost(PATIENCE).until(() -> running() == 0);
    drive("DELETE", BACKUP + "/destinations/{id}", "", destination("other2"));
  }

  private void schedules() throws Exception {
    String job =
        "{\"destination_id\":%s,\"schedule_type\":\"cron\",\"schedule_value\":\"0 4 * * *\",\"job_name\":\"%s\"}";
    for (String path : new String[] {"/schedule", "/schedules"}) {
      drive("POST", BACKUP + path, job.formatted(json(destination("nas2")), "j"));
      drive("GET", BACKUP + path, "");
      for (String step : new String[] {"pause", "resume", "trigger"}) {
        drive("POST", BACKUP + path + "/{id}/" + step, "", "j");
      }
      await().atMost(PATIENCE).until(() -> running() == 0);
      drive("DELETE", BACKUP + path + "/{id}", "", "j");
      drive(
          "POST",
          BACKUP + path + "/preview",
          "{\"schedule_type\":\"cron\",\"schedule_value\":\"0 4 * * *\"}");
    }
  }

  private void looks() throws Exception {
    for (String path :
        new String[] {
          "/destinations",
          "/executions?kind=all",
          "/list",
          "/backups",
          "/config",
          "/config?all=true",
          "/stats",
          "/audit"
        }) {
      drive("GET", BACKUP + path, "");
    }
    for (String path :
        new String[] {
          "/api/admin/audit?limit=1000",
          "/api/health",
          "/api/status",
          "/health",
          "/metrics",
          "/ready"
        }) {
      drive("GET", path, "");
    }
    for (String path : new String[] {"/docs", "/openapi.json", "/none"}) {
      send(request("GET", path, ""));
    }
  }

  private void pages() throws Exception {
    for (String path :
        new String[] {
          "",
          "/backups",
          "/restore",
          "/runs",
          "/destinations",
          "/destinations/new?type=local",
          "/schedules",
          "/schedules/new",
          "/settings",
          "/audit",
          "/none"
        }) {
      page("GET", path, "");
    }
    for (String name : new String[] {"nas2", "ftp2", "sftp2", "azure2", "reference2"}) {
      String id = destination(name);
      for (String part : new String[] {"", "/edit", "/retention"}) {
        page("GET", "/destinations/" + id + part, "");
      }
      page("POST", "/destinations/" + id + "/test", "");
      String secret = canaries.secret("password of a form for " + name);
      String form =
          "name="
              + name
              + "&config.host=127.0.0.1&config.port=1&config.username=u&config.base_path=%2Fb"
              + "&config.password=";
      page("POST", "/destinations/" + id + "/edit", form + secret);
      page("POST", "/destinations/new", "type=sftp&" + form + secret);
    }
    JsonNode runs = good("GET", BACKUP + "/executions?kind=all&limit=100", "").path("executions");
    assertThat(runs).isNotEmpty();
    for (JsonNode run : runs) {
      page("GET", "/runs/" + run.path("id").asString(), "");
    }
    String archive = "destination_id=" + destination("nas2") + "&backup_path=";
    String path = archive + query(runs.path(0).path("backup_path").asString());
    String passphrase = canaries.secret("passphrase of a form");
    page("GET", "/backups/detail?" + path, "");
    page("POST", "/backups/verify", path + "&passphrase=" + passphrase);
    page("POST", "/restore/plan", path + "&passphrase=" + passphrase);
    page("POST", "/restore/run", path + "&passphrase=" + passphrase);
  }

  private void page(String method, String path, String form) throws Exception {
    HttpResponse<String> answer =
        send(
            request(method, "/admin/backup" + path, form)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setHeader("X-API-Token", environment.get("API_TOKEN")));
    assertThat(answer.statusCode()).as(path).isNotEqualTo(401);
  }

  private void failures() throws Exception {
    String secret = canaries.secret("body that is no JSON");
    for (String path : new String[] {"/trigger", "/restore", "/destinations", "/verify"}) {
      drive("POST", BACKUP + path, "{\"password\": \"" + secret + "\" oh");
      drive("POST", BACKUP + path, "{\"passphrase\": {\"" + secret + "\": 1}}");
      drive("POST", BACKUP + path, "{\"identity\": [\"" + secret + "\"]}");
      drive("POST", BACKUP + path, "{\"config\": \"" + secret + "\"}");
    }
    Files.writeString(root.resolve("data/secret.key"), canaries.secret("damaged key file"));
    drive("POST", BACKUP + "/destinations/{id}/test", "", destination("ftp2"));
    Path config = root.resolve("config/tacacs.conf");
    Files.writeString(
        config,
        Files.readString(config) + "\n[x]\n" + canaries.secret("line without a key") + "\n");
    drive("POST", BACKUP + "/trigger", "{\"destination_id\":" + json(destination("nas2")) + "}");
    drive("GET", BACKUP + "/config", "");
    drive("GET", "/ready", "");
  }

  private void upload(String passphrase) throws Exception {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"destination_id\"\r\n\r\n"
            + destination("nas")
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n"
            + passphrase
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.tar.gz\""
            + "\r\n\r\nage-encryption.org/v1\n-> scrypt\n\r\n--b--\r\n";
    send(
        request("POST", BACKUP + "/upload", form)
            .setHeader("Content-Type", "multipart/form-data; boundary=b"));
    driven.add("POST " + BACKUP + "/upload");
  }

  private void start(String... options) throws IOException {
    service =
        ServiceProcess.start(root.toString(), temp.resolve("service.log"), environment, options);
  }

  private JsonNode good(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = drive(method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Sends it with the token; {@code {id}} of the path is replaced. */
  private HttpResponse<String> drive(String method, String path, String body, String... id)
      throws Exception {
    driven.add(method + " " + path.replaceAll("\\?.*", ""));
    String at = id.length == 0 ? path : path.replace("{id}", query(id[0]));
    return send(request(method, at, body).setHeader("X-API-Token", environment.get("API_TOKEN")));
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(service.url() + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpRequest sent = request.build();
    HttpResponse<String> answer =
        http.send(sent, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    String what = sent.method() + " " + sent.uri().getPath();
    assertThat(answer.statusCode()).as(what + ": " + answer.body()).isNotEqualTo(500);
    canaries.assertSilent("answer to " + what, answer.headers().map() + answer.body());
    return answer;
  }

  private JsonNode ended(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> JSON.readTree(drive("GET", BACKUP + "/executions/{id}", "", id).body()),
            execution -> !execution.path("status").asString().equals("running"));
  }

  private int running() throws Exception {
    String path = BACKUP + "/executions?kind=all&status=running";
    return good("GET", path, "").path("executions").size();
  }

  private String destination(String name) throws Exception {
    for (JsonNode row : good("GET", BACKUP + "/destinations", "").path("destinations")) {
      if (row.path("name").asString().equals(name)) {
        return row.path("id").asString();
      }
    }
    throw new AssertionError("no destination " + name);
  }

  private void assertEveryOperationWasDriven() throws Exception {
    Set<String> operations = new TreeSet<>();
    JsonNode paths = JSON.readTree(send(request("GET", "/openapi.json", "")).body()).path("paths");
    for (String path : paths.propertyNames()) {
      for (String method : paths.path(path).propertyNames()) {
        operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
      }
    }
    assertThat(operations).hasSizeGreaterThan(50);
    assertThat(driven).containsAll(operations);
  }

  /** As everybody on the machine can see it. */
  private String commandLine() throws IOException {
    return Files.readString(
        Path.of("/proc/" + service.process().pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
  }

  private Path store() {
    return temp.resolve("store");
  }

  private static String json(String text) {
    return JSON.writeValueAsString(text);
  }

  private static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
