package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.cli.WatchedService.BACKUP;
import static org.tacvault.cli.WatchedService.json;
import static org.tacvault.cli.WatchedService.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the service, well and badly, on a home that is full of secrets: none comes out
 * in an answer, a header, the log, the arguments of the process, the catalog or a file that is
 * left.
 */
class ServiceNeverLeaksTest {

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private Canaries canaries;
  private Path root;
  private WatchedService service;

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
    service.assertEveryOperationWasDriven();
    canaries.assertSilent("arguments", service.arguments());
    canaries.assertSilent("log", service.stop());
    canaries.assertSilentFiles(root);
    canaries.assertSilentFiles(store());
    assertThat(root.resolve("data/backup_temp")).isEmptyDirectory();
  }

  private void sessions() throws Exception {
    String right = json(environment.get("LOGIN"));
    String wrong = json(canaries.secret("wrong password"));
    service.drive("POST", "/admin/login", "{\"username\":\"admin\",\"password\":" + wrong + "}");
    String cookie =
        service
            .drive("POST", "/admin/login", "{\"username\":\"admin\",\"password\":" + right + "}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .split(";")[0];
    canaries.watch("session", cookie.substring(cookie.indexOf('=') + 1));
    service.send(
        service
            .request("POST", "/admin/login", "username=admin&password=" + environment.get("LOGIN"))
            .setHeader("Content-Type", "application/x-www-form-urlencoded"));
    service.send(
        service
            .request("GET", BACKUP + "/stats", "")
            .setHeader("X-API-Token", canaries.secret("wrong token")));
    service.send(
        service.request(
            "GET", "/admin/login?password=" + canaries.secret("password in a URL"), ""));
    for (String path : new String[] {"/admin", "/admin/", "/admin/login", "/api/admin/sessions"}) {
      service.drive("GET", path, "");
    }
    service.drive("DELETE", "/api/admin/sessions/{id}", "", "none");
    service.send(
        service
            .request("POST", "/api/admin/sessions/logout-others", "")
            .setHeader("Cookie", cookie));
    service.count("POST /api/admin/sessions/logout-others");
    service.send(service.request("POST", "/admin/logout", "").setHeader("Cookie", cookie));
    service.count("POST /admin/logout");
  }

  private void backups() throws Exception {
    String id = json(service.destination("nas"));
    String execution =
        service
            .good("POST", BACKUP + "/trigger", "{\"destination_id\":" + id + "}")
            .path("execution_id")
            .asString();
    String archive = service.ended(execution).path("backup_path").asString();
    assertThat(archive).endsWith(".age");
    String stored = "{\"destination_id\":" + id + ",\"backup_path\":" + json(archive);
    String opened =
        stored
            + ",\"passphrase\":"
            + json(canaries.secret("passphrase of a request"))
            + ",\"identity\":"
            + json("AGE-SECRET-KEY-1" + canaries.secret("identity of a request"));
    service.drive("POST", BACKUP + "/verify", opened + "}");
    service.drive("POST", BACKUP + "/restore/preview", opened + "}");
    service.drive("POST", BACKUP + "/restore", opened + "}");
    service.drive("POST", BACKUP + "/restore", opened + ",\"confirm\":true}");
    service.good("POST", BACKUP + "/verify", stored + "}");
    service.good("POST", BACKUP + "/restore/preview", stored + "}");
    service.good("POST", BACKUP + "/restore", stored + ",\"confirm\":true}");
    service.drive(
        "POST", BACKUP + "/backups/restore", stored + ",\"confirm\":true,\"async_mode\":true}");
    service.awaitIdle();
    service.drive("POST", BACKUP + "/restore/undo", "{\"confirm\":true}");
    service.drive("GET", BACKUP + "/restore/held", "");
    service.drive("POST", BACKUP + "/restore/keep", "");
    service.drive("POST", BACKUP + "/backups/pin", stored + ",\"reason\":\"x\"}");
    String query =
        "?destination_id=" + service.destination("nas") + "&backup_path=" + query(archive);
    service.drive("DELETE", BACKUP + "/backups/pin" + query, "");
    upload(canaries.secret("passphrase of an upload"));
    service.drive("DELETE", BACKUP + "/backups" + query, "");
    service.drive("GET", BACKUP + "/download" + query, "");
    service.drive("GET", BACKUP + "/executions/{id}", "", execution);
    service.drive("GET", BACKUP + "/executions/{id}/events", "", execution);
    service.drive("DELETE", BACKUP + "/executions/{id}", "", execution);
  }

  private void destinations() throws Exception {
    for (String name : new String[] {"nas", "ftp", "sftp", "azure", "other", "reference"}) {
      String id = service.destination(name);
      service.drive("GET", BACKUP + "/destinations/{id}", "", id);
      service.drive("POST", BACKUP + "/destinations/{id}/test", "", id);
      service.drive("POST", BACKUP + "/destinations/{id}/apply-retention", "", id);
      service.drive("GET", BACKUP + "/destinations/{id}/retention", "", id);
      service.drive("PUT", BACKUP + "/destinations/{id}/retention", "{\"strategy\":\"none\"}", id);
      service.drive("GET", BACKUP + "/list?destination_id=" + id, "");
      service.drive("POST", BACKUP + "/trigger", "{\"destination_id\":" + json(id) + "}");
      service.drive(
          "PUT", BACKUP + "/destinations/{id}", "{\"name\":" + json(name + "2") + "}", id);
      String password = json(canaries.secret("new password of " + name));
      String config = "{\"host\":\"127.0.0.1\",\"port\":1,\"username\":\"u\",\"base_path\":\"/b\",";
      service.drive(
          "PUT",
          BACKUP + "/destinations/{id}",
          "{\"config\":" + config + "\"password\":" + password + "}}",
          id);
      for (String type : new String[] {"ftp", "sftp", "azure", "s3", "local", "none"}) {
        String secret = canaries.secret("config of a new " + type + " beside " + name);
        String keys =
            "\"password\":\"%1$s\",\"private_key\":\"-----BEGIN %1$s\",\"account_key\":\"%1$s\",\"secret_access_key\":\"%1$s\",\"connection_string\":\"AccountKey=%1$s\"}"
                .formatted(secret);
        service.drive(
            "POST",
            BACKUP + "/destinations",
            "{\"name\":\"new\",\"type\":\"" + type + "\",\"config\":" + config + keys + "}");
        service.drive(
            "POST",
            BACKUP + "/destinations/test",
            "{\"type\":\"" + type + "\",\"config\":" + config + keys + "}");
      }
    }
    service.awaitIdle();
    service.drive("DELETE", BACKUP + "/destinations/{id}", "", service.destination("other2"));
  }

  private void schedules() throws Exception {
    String job =
        "{\"destination_id\":%s,\"schedule_type\":\"cron\",\"schedule_value\":\"0 4 * * *\",\"job_name\":\"%s\"}";
    for (String path : new String[] {"/schedule", "/schedules"}) {
      service.drive("POST", BACKUP + path, job.formatted(json(service.destination("nas2")), "j"));
      service.drive("GET", BACKUP + path, "");
      for (String step : new String[] {"pause", "resume", "trigger"}) {
        service.drive("POST", BACKUP + path + "/{id}/" + step, "", "j");
      }
      service.awaitIdle();
      service.drive("DELETE", BACKUP + path + "/{id}", "", "j");
      service.drive(
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
      service.drive("GET", BACKUP + path, "");
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
      service.drive("GET", path, "");
    }
    for (String path : new String[] {"/docs", "/openapi.json", "/none"}) {
      service.send(service.request("GET", path, ""));
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
      service.page("GET", path, "");
    }
    for (String name : new String[] {"nas2", "ftp2", "sftp2", "azure2", "reference2"}) {
      String id = service.destination(name);
      for (String part : new String[] {"", "/edit", "/retention"}) {
        service.page("GET", "/destinations/" + id + part, "");
      }
      service.page("POST", "/destinations/" + id + "/test", "");
      String secret = canaries.secret("password of a form for " + name);
      String form =
          "name="
              + name
              + "&config.host=127.0.0.1&config.port=1&config.username=u&config.base_path=%2Fb"
              + "&config.password=";
      service.page("POST", "/destinations/" + id + "/edit", form + secret);
      service.page("POST", "/destinations/new", "type=sftp&" + form + secret);
    }
    JsonNode runs =
        service.good("GET", BACKUP + "/executions?kind=all&limit=100", "").path("executions");
    assertThat(runs).isNotEmpty();
    for (JsonNode run : runs) {
      service.page("GET", "/runs/" + run.path("id").asString(), "");
    }
    String archive = "destination_id=" + service.destination("nas2") + "&backup_path=";
    String path = archive + query(runs.path(0).path("backup_path").asString());
    String passphrase = canaries.secret("passphrase of a form");
    service.page("GET", "/backups/detail?" + path, "");
    service.page("POST", "/backups/verify", path + "&passphrase=" + passphrase);
    service.page("POST", "/restore/plan", path + "&passphrase=" + passphrase);
    service.page("POST", "/restore/run", path + "&passphrase=" + passphrase);
  }

  private void failures() throws Exception {
    String secret = canaries.secret("body that is no JSON");
    for (String path : new String[] {"/trigger", "/restore", "/destinations", "/verify"}) {
      service.drive("POST", BACKUP + path, "{\"password\": \"" + secret + "\" oh");
      service.drive("POST", BACKUP + path, "{\"passphrase\": {\"" + secret + "\": 1}}");
      service.drive("POST", BACKUP + path, "{\"identity\": [\"" + secret + "\"]}");
      service.drive("POST", BACKUP + path, "{\"config\": \"" + secret + "\"}");
    }
    Files.writeString(root.resolve("data/secret.key"), canaries.secret("damaged key file"));
    service.drive("POST", BACKUP + "/destinations/{id}/test", "", service.destination("ftp2"));
    Path config = root.resolve("config/tacacs.conf");
    Files.writeString(
        config,
        Files.readString(config) + "\n[x]\n" + canaries.secret("line without a key") + "\n");
    service.drive(
        "POST",
        BACKUP + "/trigger",
        "{\"destination_id\":" + json(service.destination("nas2")) + "}");
    service.drive("GET", BACKUP + "/config", "");
    service.drive("GET", "/ready", "");
  }

  private void upload(String passphrase) throws Exception {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"destination_id\"\r\n\r\n"
            + service.destination("nas")
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n"
            + passphrase
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.tar.gz\""
            + "\r\n\r\nage-encryption.org/v1\n-> scrypt\n\r\n--b--\r\n";
    service.send(
        service
            .request("POST", BACKUP + "/upload", form)
            .setHeader("Content-Type", "multipart/form-data; boundary=b"));
    service.count("POST " + BACKUP + "/upload");
  }

  private void start(String... options) throws IOException {
    service =
        new WatchedService(
            ServiceProcess.start(
                root.toString(), temp.resolve("service.log"), environment, options),
            canaries,
            environment.get("API_TOKEN"));
  }

  private Path store() {
    return temp.resolve("store");
  }
}
