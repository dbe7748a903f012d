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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running service of which every answer is searched for secrets, and which counts what was asked.
 */
final class WatchedService implements AutoCloseable {
  static final String BACKUP = "/api/admin/backup";

  private static final String CONSOLE = "/admin/backup";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ServiceProcess service;
  private final Canaries canaries;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> driven = new TreeSet<>();

  WatchedService(ServiceProcess service, Canaries canaries, String token) {
    this.service = service;
    this.canaries = canaries;
    this.token = token;
  }

  /** What a request that must work is answered. */
  JsonNode good(String method, String path, String body) throws Exception {
    HttpResponse<String> answer = drive(method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** Sends it with the token; {@code {id}} of the path is replaced. */
  HttpResponse<String> drive(String method, String path, String body, String... id)
      throws Exception {
    driven.add(method + " " + path.replaceAll("\\?.*", ""));
    String at = id.length == 0 ? path : path.replace("{id}", query(id[0]));
    return send(request(method, at, body).setHeader("X-API-Token", token));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(service.url() + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpRequest sent = request.build();
    HttpResponse<String> answer =
        http.send(sent, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    String what = sent.method() + " " + sent.uri().getPath();
    assertThat(answer.statusCode()).as(what + ": " + answer.body()).isNotEqualTo(500);
    canaries.assertSilent("answer to " + what, answer.headers().map() + answer.body());
    return answer;
  }

  /** The execution, when it has ended. */
  JsonNode ended(String id) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> JSON.readTree(drive("GET", BACKUP + "/executions/{id}", "", id).body()),
            execution -> !execution.path("status").asString().equals("running"));
  }

  void awaitIdle() {
    String path = BACKUP + "/executions?kind=all&status=running";
    await().atMost(PATIENCE).until(() -> good("GET", path, "").path("executions").isEmpty());
  }

  /** The id of the destination of that name. */
  String destination(String name) throws Exception {
    for (JsonNode row : good("GET", BACKUP + "/destinations", "").path("destinations")) {
      if (row.path("name").asString().equals(name)) {
        return row.path("id").asString();
      }
    }
    throw new AssertionError("no destination " + name);
  }

  void assertEveryOperationWasDriven() throws Exception {
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

  /** Counts an operation that was asked for by {@link #send}. */
  void count(String operation) {
    driven.add(operation);
  }

  /** Sends a form to a page of the console. */
  void page(String method, String path, String form) throws Exception {
    HttpResponse<String> answer =
        send(
            request(method, CONSOLE + path, form)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setHeader("X-API-Token", token));
    assertThat(answer.statusCode()).as(path).isNotEqualTo(401);
  }

  /** As everybody on the machine can see it. */
  String arguments() throws IOException {
    return Files.readString(
        Path.of("/proc/" + service.process().pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
  }

  /** Stops it in good order and returns what it logged. */
  String stop() throws IOException, InterruptedException {
    return service.stop();
  }

  @Override
  public void close() {
    service.close();
  }

  static String json(String text) {
    return JSON.writeValueAsString(text);
  }

  static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
