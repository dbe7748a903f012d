package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConfigCommandTest {
  private static final String CANARY = "canary-51c0";
  private static final String SECRETS =
      """
      [ldap]
      bind_password = canary-51c0
      [radius]
      clients = {"10.0.0.1": {"secret": "canary-51c0"}}
      shared_secret = canary-51c0
      [webhooks]
      urls = https://hooks.example/canary-51c0
      [backup]
      encryption_passphrase = canary-51c0
      """;

  @TempDir Path temp;

  @Test
  void showTellsWhereEachValueComesFrom() {
    HomeRun home =
        home("[backup]\ncompression = zstd\n")
            .withEnvironment(Map.of("TACACS_BACKUP_COMPRESSION_LEVEL", "9"));
    assertThat(home.run("config", "show").out().lines())
        .anyMatch(line -> line.matches("backup.compression +zstd +.*/config/tacacs.conf:2"))
        .anyMatch(
            line ->
                line.matches(
                    "backup.compression_level +9 +environment TACACS_BACKUP_COMPRESSION_LEVEL"))
        .anyMatch(line -> line.matches("backup.enabled +true +default"))
        .noneMatch(line -> line.startsWith("devices."));
    assertThat(home.run("config", "show", "--all").out()).contains("devices.database");
  }

  @Test
  void documentHoldsValueOriginAndMeaning() {
    JsonNode shown = home("[backup]\ncompression = zstd\n").json(0, "config", "show");
    assertThat(shown.get("home").asString()).isEqualTo(temp.resolve("home").toString());
    assertThat(shown.get("file_exists").asBoolean()).isTrue();
    JsonNode compression =
        shown
            .get("values")
            .valueStream()
            .filter(value -> value.get("name").asString().equals("backup.compression"))
            .findFirst()
            .orElseThrow();
    assertThat(compression.get("value").asString()).isEqualTo("zstd");
    assertThat(compression.get("origin").asString()).isEqualTo("file");
    assertThat(compression.get("origin_detail").asString()).endsWith("tacacs.conf:2");
    assertThat(compression.get("explanation").asString()).contains("gzip");
  }

  @Test
  void noCommandEverShowsASecret() {
    HomeRun home =
        home(SECRETS + "compression_level = canary\nencryption_recipients = AGE-SECRET-KEY-1CANARY")
            .withEnvironment(
                Map.of(
                    "BACKUP_ENCRYPTION_PASSPHRASE",
                    CANARY,
                    "LDAP_BIND_PASSWORD",
                    CANARY,
                    "TACACS_LDAP_BIND_PASSWORD",
                    CANARY));
    for (List<String> command :
        List.of(
            List.of("config", "show"),
            List.of("config", "show", "--all"),
            List.of("config", "show", "--all", "--json"),
            List.of("config", "validate"),
            List.of("config", "validate", "--json", "--debug"),
            List.of("config", "explain", "encryption_passphrase", "--json"),
            List.of("destination", "add", "x", "--type", "local", "--path", "/nowhere", "--debug"),
            List.of("retention", "show", "x", "--debug"))) {
      CommandRun run = home.run(command.toArray(String[]::new));
      assertThat(run.out() + run.err())
          .as(command.toString())
          .isNotEmpty()
          .doesNotContain(CANARY)
          .doesNotContain("KEY-1CANARY");
    }
    assertThat(home.run("config", "show", "--all").out()).contains("********");
  }

  @Test
  void validConfigurationIsSaidToBeValid() {
    HomeRun home = home("[server]\ninstance_name = fra1\n");
    CommandRun run = home.run("config", "validate");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("tacacs.conf: valid\n");
    JsonNode verdict = home.json(0, "config", "validate");
    assertThat(verdict.get("valid").asBoolean()).isTrue();
    assertThat(verdict.get("problems")).isEmpty();
  }

  @Test
  void allProblemsAreReportedTogetherWithFileAndLine() {
    HomeRun home =
        home("[backup]\nenabled = perhaps\ncompresion = zstd\ngfs_keep_weekly = 521\n[devices]\n");
    CommandRun run = home.run("config", "validate");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("tacacs.conf:2: [backup] enabled is 'perhaps'")
        .contains("tacacs.conf:3: [backup] compresion", "did you mean compression?")
        .contains("tacacs.conf:4: [backup] gfs_keep_weekly is '521'", "from 1 to 520")
        .endsWith("tacacs.conf: 2 problems, 1 warning\n");
    JsonNode verdict = home.json(1, "config", "validate");
    assertThat(verdict.get("valid").asBoolean()).isFalse();
    assertThat(verdict.get("problems")).hasSize(2);
    assertThat(verdict.get("problems").get(0).get("where").asString()).endsWith("tacacs.conf:2");
    assertThat(verdict.get("warnings")).hasSize(1);
  }

  @Test
  void warningsAloneHaveTheirOwnExitCode() {
    HomeRun home = home("[backup]\ncompresion = zstd\n");
    assertThat(home.run("config", "validate").exitCode()).isEqualTo(3);
    assertThat(home.json(3, "config", "validate").get("valid").asBoolean()).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsAProblemLikeOthers() {
    HomeRun home = home("[backup\nenabled\n");
    CommandRun run = home.run("config", "validate");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("problem: ", "tacacs.conf:1");
    assertThat(home.json(1, "config", "validate").get("problems")).isNotEmpty();
    assertThat(home.run("config", "show").exitCode()).isEqualTo(1);
  }

  @Test
  void aMissingFileIsOnlyDoubtful() throws Exception {
    HomeRun home = home("");
    Files.delete(temp.resolve("home/config/tacacs.conf"));
    assertThat(home.run("config", "validate").out())
        .contains("warning: ", "the file does not exist");
    assertThat(home.run("config", "validate").exitCode()).isEqualTo(3);
    assertThat(home.run("config", "show").err()).contains("does not exist");
  }

  @Test
  void lookingAtAConfigurationLeavesTheHomeAsItIs() {
    HomeRun home = home("[backup]\n");
    home.run("config", "show");
    home.run("config", "validate");
    assertThat(temp.resolve("home")).isDirectoryNotContaining("glob:**/data");
  }

  @Test
  void explainNeedsNoHomeAndKnowsEveryKey() {
    CommandRun run = CommandRun.of("config", "explain", "compression_level");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("backup.compression_level: How hard to compress", "from 1 to 9")
        .contains("default:     6", "environment: TACACS_BACKUP_COMPRESSION_LEVEL");
    assertThat(CommandRun.of("config", "explain", "devices.database").out())
        .contains("component devices");
    CommandRun unknown = CommandRun.of("config", "explain", "compresion");
    assertThat(unknown.exitCode()).isEqualTo(10);
    assertThat(unknown.err()).contains("did you mean backup.compression?");
    JsonNode explained = home("").json(0, "config", "explain", "backup.enabled");
    assertThat(explained.get("default_value").asString()).isEqualTo("true");
    assertThat(explained.get("variables").get(0).asString()).isEqualTo("TACACS_BACKUP_ENABLED");
  }

  @Test
  void helpNamesTheThreeCommands() {
    assertThat(CommandRun.of("config", "--help").out())
        .contains("show ", "validate ", "explain ", "Exit codes:");
  }

  private HomeRun home(String config) {
    return HomeRun.create(temp.resolve("home"), config);
  }
}
