package org.tacvault.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;

/** A running service in a home of its own, with a clock that the test moves, and a client. */
public final class TestService implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-29T01:30:00Z");
  public static final String TOKEN = "0123456789abcdef0123456789abcdef";
  public static final String PASSWORD = "correct horse battery";

  /** Of {@link #PASSWORD}, at the least cost that bcrypt knows, as tests log in often. */
  public static final String HASH = "$2y$04$2S.QI2lflfzPH9tafWCVGuFRagurnIyT302b6/.n5sSasOKzr79W2";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final RunningServer server;
  private final AtomicReference<Instant> now;

  private TestService(RunningServer server, AtomicReference<Instant> now) {
    this.server = server;
    this.now = now;
  }

  /** With {@link #PASSWORD} and {@link #TOKEN}. */
  public static TestService start(Path home) {
    return start(home, Map.of("ADMIN_PASSWORD_HASH", HASH, "API_TOKEN", TOKEN));
  }

  public static TestService start(Path home, Map<String, String> environment) {
    return start(home, environment, options -> options);
  }

  public static TestService start(
      Path home, Map<String, String> environment, UnaryOperator<ServerOptions> change) {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    ServerOptions options =
        new ServerOptions(Home.at(home), Environment.of(environment), ServerOptions.DEFAULT_HOST, 0)
            .withClock(now::get);
    return new TestService(ServerApplication.start(change.apply(options)), now);
  }

  /** Makes the home's configuration. */
  public static void configure(Path home, String text) throws IOException {
    Files.createDirectories(home.resolve("config"));
    Files.writeString(home.resolve("config/tacacs.conf"), text);
  }

  public RunningServer server() {
    return server;
  }

  public void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  public URI uri(String path) {
    return server.url().resolve(path);
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /** Any method; headers are names and values in turn. */
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request = request(path).method(method, content);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public HttpResponse<String> logIn(String username, String password, String... headers) {
    String body = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return post("/admin/login", body, all);
  }

  /** Logs in with {@link #PASSWORD} and returns the value of the header {@code Cookie}. */
  public String cookie() {
    HttpResponse<String> answer = logIn("admin", PASSWORD);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return cookieOf(answer);
  }

  public static String cookieOf(HttpResponse<?> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  public static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
