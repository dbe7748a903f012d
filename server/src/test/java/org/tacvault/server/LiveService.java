package org.tacvault.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.tacvault.engine.catalog.Catalog;
import org.tacvault.engine.catalog.Metadata;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running service on a sample home, spoken to over real HTTP on a free port. */
public final class LiveService implements AutoCloseable {
  /** Where the API lives. */
  public static final String BACKUP = "/api/admin/backup";

  private static final String TOKEN = TestService.TOKEN;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant SAMPLE_TIME = Instant.parse("2026-11-29T00:00:00Z");

  private final Home home;
  private final RunningServer server;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private LiveService(Home home, RunningServer server) {
    this.home = home;
    this.server = server;
  }

  /** What came back. */
  public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
    public JsonNode json() {
      return JSON.readTree(body);
    }

    public String text(String field) {
      return json().path(field).asString();
    }
  }

  /** Starts on a new small sample home in {@code directory}. */
  public static LiveService start(Path directory) {
    return start(directory, Map.of());
  }

  /** {@link #start(Path)} with environment variables. */
  public static LiveService start(Path directory, Map<String, String> environment) {
    Home home = SampleHome.create(directory, SampleSize.SMALL, 1, SAMPLE_TIME);
    // As if a service had run there before: it gets no default destination.
    Catalog.open(home.catalogDatabase())
        .metadata()
        .putIfAbsent(Metadata.SERVICE_STARTED, SAMPLE_TIME.toString());
    return restart(home, environment);
  }

  /** Starts on a home that is there. */
  public static LiveService restart(Home home, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putIfAbsent("API_TOKEN", TOKEN);
    variables.putIfAbsent("ADMIN_PASSWORD_HASH", TestService.HASH);
    ServerOptions options =
        new ServerOptions(home, Environment.of(variables), ServerOptions.DEFAULT_HOST, 0);
    return new LiveService(home, ServerApplication.start(options));
  }

  public Home home() {
    return home;
  }

  public URI url(String path) {
    return URI.create(server.url() + path);
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Answer post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  public Answer put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json), "Content-Type", "application/json");
  }

  /** Any request, with the API token; headers as name, value, name, value. */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(path))
            .timeout(PATIENCE)
            .header("X-API-Token", TOKEN)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
