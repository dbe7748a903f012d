package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a process of its own. */
class MainProcessTest {
  private static final String HASH = "$2y$04$2S.QI2lflfzPH9tafWCVGuFRagurnIyT302b6/.n5sSasOKzr79W2";

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {"--version", "serve --help", "completion bash", "frobnicate", "list --from ."})
  void commandsOtherThanServeLoadNoSpringNoJacksonNoSqlite(String command) throws Exception {
    ChildRun run = ChildRun.of(ChildRun.java(List.of("-verbose:class"), command.split(" ")));
    assertThat(run.out())
        .contains("picocli.CommandLine")
        .doesNotContain(" org.springframework", " tools.jackson", " org.sqlite");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @Timeout(60)
  void aSignalStopsTheServiceAfterItHasCleanedUp(String signal, int exitCode) throws Exception {
    ProcessBuilder builder =
        ChildRun.java(List.of(), "serve", "--home", home.toString(), "--port", "0");
    builder.environment().put("ADMIN_PASSWORD_HASH", HASH);
    Process service = builder.start();
    try {
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
      String serving = out.readLine();
      assertThat(serving).startsWith("Serving " + home + " at http://127.0.0.1:");
      assertThat(health(serving.substring(serving.indexOf("http")))).isEqualTo(200);
      ChildRun.of("kill", "-" + signal, String.valueOf(service.pid()));
      assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(service.exitValue()).isEqualTo(exitCode);
      assertThat(new String(service.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("Stopped\n")
          .contains("Job 'backup_daily_default' (scheduled): every day at 04:00 UTC")
          .doesNotContain("ERROR");
      assertThat(out.readLine()).isNull();
    } finally {
      service.destroyForcibly();
    }
  }

  @Test
  void theFirstStartShowsAPasswordOnStandardErrorAndNeverAgain() throws Exception {
    String[] serve = {"serve", "--home", home.toString(), "--port", "0", "--stop-when-ready"};
    ChildRun first = ChildRun.of(ChildRun.java(List.of(), serve));
    assertThat(first.exitCode()).isEqualTo(0);
    assertThat(first.out()).startsWith("Serving ").hasLineCount(1);
    assertThat(first.err())
        .startsWith("No administrator was configured.")
        .containsPattern("name +admin\n +password +([a-z2-9]{4}-){4}[a-z2-9]{4}\n");
    assertThat(ChildRun.of(ChildRun.java(List.of(), serve)).err()).isEmpty();
  }

  @Test
  void theLogIsJsonWhenThatIsAskedFor() throws Exception {
    HomeRun.create(home, "this is no configuration");
    String[] serve = {
      "serve", "--home", home.toString(), "--port", "0", "--stop-when-ready", "--log-format", "json"
    };
    ProcessBuilder builder = ChildRun.java(List.of(), serve);
    builder.environment().put("ADMIN_PASSWORD_HASH", HASH);
    ChildRun run = ChildRun.of(builder);
    assertThat(run.err().lines()).isNotEmpty();
    for (String line : run.err().lines().toList()) {
      JsonNode entry = JsonMapper.shared().readTree(line);
      assertThat(entry.path("@timestamp").asString()).as(line).isNotEmpty();
      assertThat(entry.path("message").asString()).as(line).isNotEmpty();
    }
    assertThat(run.err()).contains("[admin] is not read");
  }

  @ParameterizedTest
  @CsvSource({
    "--tls-key k, --tls-certificate is missing",
    "--tls-certificate c, --tls-key is missing",
    "--log-format xml, --log-format xml is not known"
  })
  void optionsOfServeThatDoNotFitAreWrongUsage(String given, String said) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("serve", "--home", home.toString()));
    arguments.addAll(List.of(given.split(" ")));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(said);
  }

  @Test
  void exitCodeReachesTheShell() throws Exception {
    ChildRun run = ChildRun.of(ChildRun.java(List.of(), "serve", "--home", "/does/not/exist"));
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: find home /does/not/exist: no such directory\n");
  }

  private static int health(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health")).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
