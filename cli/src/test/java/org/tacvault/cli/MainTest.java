package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.cli.output.Terminal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "destination",
        "retention",
        "pin",
        "unpin",
        "config",
        "keygen",
        "backup",
        "list",
        "show",
        "verify",
        "restore",
        "executions",
        "status",
        "recover",
        "demo",
        "completion"
      })
  void helpOfEveryCommandHoldsCommonOptionsAndExitCodes(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: tacvault " + command)
        .contains("--home", "--config", "--json", "--quiet", "--passphrase-file", "--identity")
        .contains("Exit codes:", "12   passphrase or key", "130   interrupted");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpCommandShowsTheHelpOfACommand() {
    assertThat(CommandRun.of("help", "serve")).isEqualTo(CommandRun.of("serve", "--help"));
  }

  @Test
  void helpNamesAllCommands() {
    assertThat(CommandRun.of("--help").out())
        .contains("Commands:", "serve ", "completion ", "help ");
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertThat(CommandRun.of("--version").out())
        .matches("(?s)tacvault \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\nJava .*");
  }

  @ParameterizedTest
  @CsvSource({
    "srve, unknown command or argument 'srve', did you mean 'serve'?",
    "--hme, unknown option '--hme', did you mean '--home'?",
    "frobnicate, unknown command or argument 'frobnicate', see 'tacvault --help'",
    "--home, missing required parameter for option '--home', see 'tacvault --help'"
  })
  void wrongArgumentsExitWithTwoAndASuggestion(String argument, String reason, String hint) {
    CommandRun run = CommandRun.of(argument);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("error: read arguments of tacvault: " + reason, "hint: " + hint);
  }

  @Test
  void noCommandIsWrongUsage() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("missing required subcommand", "tacvault --help");
  }

  @Test
  void wrongArgumentsAreJsonWhenAskedFor() {
    CommandRun run = CommandRun.of("serve", "--json", "--port", "many");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
    JsonNode error = parse(run.out()).get("error");
    assertThat(error.get("kind").asString()).isEqualTo("invalid_input");
    assertThat(error.get("subject").asString()).isEqualTo("tacvault serve");
    assertThat(error.get("exit_code").asInt()).isEqualTo(2);
  }

  @Test
  void failureIsOneErrorAndOneHint() {
    Path missing = temp.resolve("missing");
    CommandRun run = CommandRun.of("serve", "--home", missing.toString());
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "error: find home " + missing + ": no such directory",
            "hint: give the directory that holds config/ and data/ of the TACACS+ server");
  }

  @Test
  void failureIsOneJsonDocumentWhenAskedFor() {
    Path missing = temp.resolve("missing");
    CommandRun run = CommandRun.of("--json", "serve", "--home", missing.toString());
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.err()).isEmpty();
    JsonNode error = parse(run.out()).get("error");
    assertThat(error.propertyNames())
        .containsExactlyInAnyOrder("kind", "operation", "subject", "reason", "hint", "exit_code");
    assertThat(error.get("kind").asString()).isEqualTo("not_found");
    assertThat(error.get("operation").asString()).isEqualTo("find home");
    assertThat(error.get("subject").asString()).isEqualTo(missing.toString());
    assertThat(error.get("exit_code").asInt()).isEqualTo(10);
  }

  @Test
  void stackTraceOnlyWithDebug() {
    String missing = temp.resolve("missing").toString();
    assertThat(CommandRun.of("serve", "--home", missing).err()).doesNotContain("\tat ");
    assertThat(CommandRun.of("serve", "--home", missing, "--debug").err()).contains("\tat ");
  }

  @Test
  void errorIsRedOnATerminalOnly() {
    Terminal coloured = new Terminal(true, true, true, true);
    assertThat(CommandRun.of(coloured, "nothing").err()).startsWith("\u001b[31merror:");
    Terminal errorsInAFile = new Terminal(true, true, false, true);
    assertThat(CommandRun.of(errorsInAFile, "nothing").err()).startsWith("error:");
    assertThat(CommandRun.of("nothing").err()).startsWith("error:");
  }

  @Test
  void aPortInUseFailsWithAHint() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      CommandRun run = CommandRun.of("serve", "--home", temp.toString(), "--port", port);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo(
              "error: start server 127.0.0.1:%s: the port is already in use\n".formatted(port)
                  + "hint: stop the program that listens there, or choose another --port\n");
    }
  }

  @Test
  void aPortThatCannotBeIsWrongUsage() {
    CommandRun run = CommandRun.of("serve", "--home", temp.toString(), "--port", "70000");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no such port");
  }

  @Test
  void serveTellsWhereItAnswersAsJson() {
    CommandRun run =
        CommandRun.of(
            "serve", "--home", temp.toString(), "--port", "0", "--stop-when-ready", "--json");
    assertThat(run.exitCode()).isZero();
    JsonNode serving = parse(run.out());
    assertThat(serving.get("port").asInt()).isPositive();
    assertThat(serving.get("url").asString())
        .isEqualTo("http://127.0.0.1:" + serving.get("port").asInt());
    assertThat(serving.get("home").asString()).isEqualTo(temp.toString());
  }

  private static JsonNode parse(String document) {
    return JsonMapper.shared().readTree(document);
  }
}
