package org.tacvault.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.server.LiveService;
import org.tacvault.server.TestService;
import org.tacvault.server.security.OpenRoutes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {
  private static final String BACKUP = LiveService.BACKUP;
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @TempDir static Path home;
  private static LiveService service;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    service = LiveService.start(home.resolve("home"));
    document = service.get("/openapi.json").json();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** Method and path, as the document has them. */
  private record Route(String method, String path) {
    String text() {
      return method + " " + path;
    }

    /** With something in the place of its variables. */
    String anyPath() {
      return path.replaceAll("\\{[^}]+}", "x");
    }
  }

  @Test
  void saysWhatItIsAndHowToShowWhoOneIs() {
    assertThat(document.path("openapi").asString()).startsWith("3.1");
    assertThat(document.at("/info/title").asString()).isEqualTo("Tacvault");
    assertThat(document.at("/info/version").asString()).isNotEmpty();
    JsonNode schemes = document.at("/components/securitySchemes");
    assertThat(schemes.at("/session/in").asString()).isEqualTo("cookie");
    assertThat(schemes.at("/session/name").asString()).isEqualTo("admin_session");
    assertThat(schemes.at("/token/name").asString()).isEqualTo("X-API-Token");
    assertThat(schemes.at("/bearer/scheme").asString()).isEqualTo("bearer");
  }

  @Test
  void holdsEveryOperationOfThePythonServerAndOurs() {
    Set<String> missing = new TreeSet<>(ExpectedOperations.all());
    routes().forEach(route -> missing.remove(route.text().replaceAll("\\{[^}]+}", "{}")));
    assertThat(missing).isEmpty();
  }

  @Test
  void everyRouteButTheOpenOnesAsksForCredentials() {
    List<String> answered = new ArrayList<>();
    for (Route route : routes()) {
      if (OpenRoutes.include(route.path()) || route.path().startsWith("/admin")) {
        continue;
      }
      HttpResponse<String> answer = withoutCredentials(route);
      if (answer.statusCode() != 401 || !answer.body().contains("\"error\":\"Unauthorized\"")) {
        answered.add(route.text() + " -> " + answer.statusCode());
      }
    }
    assertThat(answered).isEmpty();
    assertThat(routes().stream().filter(route -> route.path().startsWith("/api/admin")).count())
        .isGreaterThan(20);
  }

  @Test
  void everyClosedOperationSaysThatItIsClosedAndEveryOneHowItFails() {
    for (Route route : routes()) {
      JsonNode operation = operation(route);
      boolean isOpen = OpenRoutes.include(route.path());
      assertThat(operation.path("security").size()).as(route.text()).isEqualTo(isOpen ? 0 : 3);
      assertThat(operation.path("responses").has("401")).as(route.text()).isEqualTo(!isOpen);
      assertThat(
              operation.at("/responses/default/content/application~1json/schema/$ref").asString())
          .as(route.text())
          .isEqualTo("#/components/schemas/ErrorBody");
    }
  }

  @Test
  void fieldsAreNamedAsTheyAreSent() {
    JsonNode event = document.at("/components/schemas/EventView/properties");
    assertThat(event.has("user_agent")).isTrue();
    assertThat(event.has("userAgent")).isFalse();
  }

  @Test
  void realAnswersAreWhatTheDocumentSays() {
    service.post(
        BACKUP + "/destinations",
        "{\"name\":\"local\",\"type\":\"local\",\"config\":{\"base_path\":\"%s\"}}"
            .formatted(home.resolve("store")));
    service.post(BACKUP + "/trigger", "{}");
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Route route : routes()) {
      if (!route.method().equals("GET") || route.path().contains("{")) {
        continue;
      }
      LiveService.Answer answer = service.get(route.path());
      boolean isJson =
          answer.headers().firstValue("content-type").orElse("").startsWith("application/json");
      if (isJson) {
        check(route, answer).forEach(problem -> wrong.add(route.text() + ": " + problem));
        checked++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(checked).isGreaterThan(8);
  }

  @Test
  void swaggerUiNeedsNothingFromElsewhereAndNoLogin() {
    LiveService.Answer moved = open("/docs");
    assertThat(moved.status()).isEqualTo(302);
    String location = moved.headers().firstValue("location").orElseThrow();
    assertThat(location).endsWith("/swagger-ui/index.html");
    LiveService.Answer page = open("/swagger-ui/index.html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).doesNotContain("<script>").doesNotContain("<style>");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'self'")
        .doesNotContain("script-src", "unsafe-eval");
    List<String> links = LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    assertThat(links).isNotEmpty();
    for (String link : links) {
      assertThat(link).doesNotContain("//");
      String path = link.startsWith("/") ? link : "/swagger-ui/" + link.replaceFirst("^\\./", "");
      assertThat(open(path).status()).as(path).isEqualTo(200);
    }
    String initializer = open("/swagger-ui/swagger-initializer.js").body();
    assertThat(initializer).contains("/openapi.json").doesNotContain("petstore");
    String configuration = open("/openapi.json/swagger-config").body();
    assertThat(configuration)
        .contains("\"url\":\"/openapi.json\"")
        .doesNotContain("validator.swagger.io");
  }

  /** Asks as a browser does in which nobody has logged in. */
  private static LiveService.Answer open(String path) {
    return service.send(HttpRequest.newBuilder(service.url(path)).build());
  }

  private static List<String> check(Route route, LiveService.Answer answer) {
    JsonNode responses = operation(route).path("responses");
    JsonNode described =
        responses.has(String.valueOf(answer.status()))
            ? responses.path(String.valueOf(answer.status()))
            : responses.path("default");
    JsonNode content = described.path("content");
    JsonNode schema =
        content.has("application/json")
            ? content.at("/application~1json/schema")
            : content.at("/*~1*/schema");
    if (schema.isMissingNode()) {
      return List.of("no schema for " + answer.status() + ": " + described);
    }
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    whole.setAll((ObjectNode) schema.deepCopy());
    whole.set("components", document.path("components"));
    Schema validator =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    return validator.validate(answer.json()).stream().map(Error::toString).toList();
  }

  private static HttpResponse<String> withoutCredentials(Route route) {
    return TestService.send(
        HttpRequest.newBuilder(service.url(route.anyPath()))
            .method(route.method(), HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private static JsonNode operation(Route route) {
    return document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
  }

  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            routes.add(new Route(method.toUpperCase(Locale.ROOT), path.getKey()))));
    return routes;
  }
}
