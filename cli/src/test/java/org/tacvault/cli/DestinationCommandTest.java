package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.catalog.NewExecution;
import tools.jackson.databind.JsonNode;

class DestinationCommandTest {
  private static final String CANARY = "canary-7f3e";

  @TempDir Path temp;
  private HomeRun home;
  private String store;

  @BeforeEach
  void createHome() {
    home = HomeRun.create(temp.resolve("home"), "[backup]\nencryption_passphrase=" + CANARY);
    store = temp.resolve("store").toString();
  }

  @Test
  void addedDestinationIsListedShownAndWorks() {
    CommandRun added = home.run("destination", "add", "nas", "--type", "local", "--path", store);
    assertThat(added).isEqualTo(new CommandRun(0, added.out(), RecoverySheetCommand.OFFER + "\n"));
    assertThat(added.out())
        .isEqualTo("Added 'nas' (local); it keeps all backups of the last 30 days\n");
    assertThat(home.run("destination", "list").out())
        .contains("nas   local  " + store, "enabled", "never", "all backups of the last 30 days");
    assertThat(home.run("destination", "show", "nas").out())
        .contains("base_path:     " + store, "added:         2026-11-23 03:00:00 UTC by manual:");
    CommandRun tested = home.run("destination", "test", "nas");
    assertThat(tested.exitCode()).isZero();
    assertThat(tested.out()).contains("STEP", "write", "read back", "ok").endsWith("works\n");
  }

  @Test
  void documentsHoldTheSameAndNoMore() {
    JsonNode added =
        home.json(
            0,
            "destination",
            "add",
            "nas",
            "--type",
            "local",
            "--path",
            store,
            "--retention-days",
            "7");
    assertThat(added.get("retention_config").get("keep_days").asInt()).isEqualTo(7);
    assertThat(added.get("created_at").asString()).isEqualTo("2026-11-23T03:00:00Z");
    assertThat(home.json(0, "destination", "list").get("destinations").get(0)).isEqualTo(added);
    assertThat(home.json(0, "destination", "show", "nas")).isEqualTo(added);
    JsonNode tested = home.json(0, "destination", "test", "nas");
    assertThat(tested.get("passed").asBoolean()).isTrue();
    assertThat(tested.get("steps").get(0).get("duration_ms").isNumber()).isTrue();
  }

  @Test
  void theConfigurationSaysWhatADestinationWithoutARuleKeeps() {
    HomeRun gfs =
        HomeRun.create(temp.resolve("gfs"), "[backup]\ndefault_retention_strategy = gfs\n");
    JsonNode added = gfs.json(0, "destination", "add", "nas", "--type", "local", "--path", store);
    assertThat(added.get("retention_strategy").asString()).isEqualTo("gfs");
    assertThat(added.get("retention_config").get("keep_monthly").asInt()).isEqualTo(12);
  }

  @Test
  void aRelativePathStartsWhereTheUserStands() {
    JsonNode added =
        home.json(0, "destination", "add", "nas", "--type", "local", "--path", "../store");
    assertThat(added.get("config").get("base_path").asString()).isEqualTo(store);
  }

  @Test
  void aTakenNameIsRefusedBeforeAnythingIsTouched() {
    add("nas");
    Path other = temp.resolve("other");
    CommandRun again =
        home.run("destination", "add", "nas", "--type", "local", "--path", other.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("the name is taken", "hint: choose another name");
    assertThat(other).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\nb"})
  void aNameThatCannotBeIsRefused(String name) {
    CommandRun run = home.run("destination", "add", name, "--type", "local", "--path", store);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("not a valid name");
    assertThat(Path.of(store)).doesNotExist();
  }

  @Test
  void aPlaceThatDoesNotWorkIsNotAdded() throws IOException {
    Files.writeString(temp.resolve("file"), "in the way");
    String below = temp.resolve("file/store").toString();
    CommandRun run = home.run("destination", "add", "nas", "--type", "local", "--path", below);
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).startsWith("error: ");
    assertThat(home.json(0, "destination", "list").get("destinations")).isEmpty();
  }

  @Test
  void aBrokenDestinationFailsItsTestWithTheStepAndAHint() throws IOException {
    add("nas");
    Files.delete(Path.of(store));
    Files.writeString(Path.of(store), "in the way");
    CommandRun run = home.run("destination", "test", "nas");
    assertThat(run.exitCode()).isEqualTo(14);
    assertThat(run.out()).contains("'nas' does not work: directory failed: ");
    JsonNode tested = home.json(14, "destination", "test", "nas");
    assertThat(tested.get("passed").asBoolean()).isFalse();
    assertThat(tested.get("steps").get(0).get("failure").asString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=" + CANARY,
        "private_key=" + CANARY,
        "account_key=" + CANARY,
        "connection_string=" + CANARY,
        "endpoint=https://user:" + CANARY + "@store.example/",
      })
  void aSecretInTheArgumentsIsRefusedWithoutRepeatingIt(String setting) {
    CommandRun run =
        home.run("destination", "add", "x", "--type", "local", "--path", store, "--set", setting);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("env:NAME", "file:PATH", "--secret", "--config-file");
    assertThat(run.out() + run.err()).doesNotContain(CANARY);
  }

  @Test
  void settingsComeFromVariablesAndFilesToo() throws IOException {
    HomeRun run = home.withEnvironment(Map.of("STORE", store));
    JsonNode added =
        run.json(0, "destination", "add", "a", "--type", "local", "--set", "base_path=env:STORE");
    assertThat(added.get("config").get("base_path").asString()).isEqualTo(store);
    Path file = Files.writeString(temp.resolve("path"), store + "\n");
    added =
        run.json(
            0, "destination", "add", "b", "--type", "local", "--set", "base_path=file:" + file);
    assertThat(added.get("config").get("base_path").asString()).isEqualTo(store);
    CommandRun unset =
        home.run("destination", "add", "c", "--type", "local", "--set", "base_path=env:NONE");
    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.err()).contains("env:NONE: the variable is not set");
  }

  @Test
  void settingsComeFromAFileWhoseSecretsAreNeverQuoted() throws IOException {
    Path file = temp.resolve("settings.json");
    Files.writeString(file, "{\"base_path\": \"" + store + "\"}");
    String[] args = {"destination", "add", "a", "--type", "local", "--config-file", "" + file};
    assertThat(home.run(args).exitCode()).isZero();
    for (String broken :
        new String[] {
          "{\"password\": \"" + CANARY + "\", }",
          "{\"password\": \"" + CANARY + "\", \"password\": 1}",
          "[\"" + CANARY + "\"]",
          "null"
        }) {
      Files.writeString(file, broken);
      CommandRun run = home.run(args);
      assertThat(run.exitCode()).as(broken).isEqualTo(2);
      assertThat(run.err()).contains("hint: write the settings as one JSON object");
      assertThat(run.out() + run.err()).doesNotContain(CANARY);
    }
    Files.writeString(file, "{\"base_path\": \"" + store + "\", \"password\": \"" + CANARY + "\"}");
    assertThat(home.run(args).err()).contains("Unknown configuration keys: password");
  }

  @Test
  void secretsOfAStoredDestinationAreMasked() {
    try (BackupEngine engine = BackupEngine.open(home.home())) {
      engine
          .catalog()
          .destinations()
          .add(
              NewDestination.keepingDays(
                  "old",
                  "sftp",
                  Map.of("host", "nas.example", "port", 22, "password", CANARY),
                  30,
                  HomeRun.NOW,
                  "test"));
    }
    JsonNode config = home.json(0, "destination", "show", "old").get("config");
    assertThat(config.get("password").asString()).isEqualTo("********");
    assertThat(config.get("port").asInt()).isEqualTo(22);
    CommandRun shown = home.run("destination", "show", "old");
    assertThat(shown.out()).contains("nas.example", "********").doesNotContain(CANARY);
    assertThat(home.run("destination", "list", "--json").out()).doesNotContain(CANARY);
  }

  @Test
  void settingsAreChangedOneByOne() {
    add("nas");
    String other = temp.resolve("other").toString();
    CommandRun changed = home.run("destination", "set", "nas", "--path", other);
    assertThat(changed.err()).isEmpty();
    assertThat(changed.out()).isEqualTo("Changed 'nas'; it was tested and works\n");
    assertThat(
            home.json(0, "destination", "set", "nas", "--set", "allowed_root=" + temp)
                .get("config")
                .toString())
        .contains(other, "allowed_root");
    assertThat(
            home.json(0, "destination", "set", "nas", "--unset", "allowed_root")
                .get("config")
                .toString())
        .contains(other)
        .doesNotContain("allowed_root");
    CommandRun refused = home.run("destination", "set", "nas", "--set", "nonsense=1");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("Unknown configuration keys: nonsense");
    assertThat(home.run("destination", "show", "nas").out()).contains(other);
  }

  @Test
  void destinationIsRenamedDisabledAndEnabled() {
    add("nas");
    assertThat(home.run("destination", "rename", "nas", "vault").out())
        .isEqualTo("'nas' is now called 'vault'\n");
    assertThat(home.json(0, "destination", "disable", "vault").get("enabled").asBoolean())
        .isFalse();
    assertThat(home.json(0, "destination", "enable", "vault").get("enabled").asBoolean()).isTrue();
    add("second");
    assertThat(home.run("destination", "rename", "second", "vault").exitCode()).isEqualTo(1);
    assertThat(home.run("destination", "disable", "none").exitCode()).isEqualTo(10);
  }

  @Test
  void removalNeedsAConfirmationAndLeavesTheArchives() {
    add("nas");
    Path archive = HomeRun.storeArchive(Path.of(store), 1);
    CommandRun refused = home.run("destination", "remove", "nas");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("not confirmed", "--confirm");
    assertThat(home.answering("no").run("destination", "remove", "nas").exitCode()).isEqualTo(2);
    assertThat(home.answering("yes").run("destination", "remove", "nas").exitCode()).isZero();
    assertThat(home.run("destination", "show", "nas").exitCode()).isEqualTo(10);
    assertThat(archive).exists();
    add("nas");
    assertThat(home.run("destination", "remove", "nas", "--confirm").exitCode()).isZero();
  }

  @Test
  void aDestinationWithHistoryIsNotRemoved() {
    add("nas");
    String id = home.json(0, "destination", "show", "nas").get("id").asString();
    try (BackupEngine engine = BackupEngine.open(home.home())) {
      engine
          .catalog()
          .begin(
              new NewExecution(
                  ExecutionKind.BACKUP,
                  id,
                  "manual",
                  "test",
                  null,
                  null,
                  Set.of(),
                  null,
                  HomeRun.NOW,
                  null));
    }
    CommandRun run = home.run("destination", "remove", "nas", "--confirm");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("existing backups", "disable it instead");
  }

  @Test
  void commandWithoutDestinationsSaysHowToAddOne() {
    assertThat(home.run("destination", "list").out()).contains("tacvault destination add");
    assertThat(home.json(0, "destination", "list").get("destinations")).isEmpty();
  }

  @Test
  void helpNamesAllCommandsAndTheExitCodes() {
    assertThat(CommandRun.of("destination", "--help").out())
        .contains("add ", "list ", "show ", "test ", "enable ", "disable ", "rename ", "remove ");
    assertThat(CommandRun.of("destination", "add", "--help").out())
        .startsWith("Usage: tacvault destination add")
        .contains("--type", "--config-file", "env:NAME", "Exit codes:");
    CommandRun none = CommandRun.of("destination");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("missing required subcommand");
  }

  private void add(String name) {
    CommandRun run = home.run("destination", "add", name, "--type", "local", "--path", store);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
