package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCommandsTest {
  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void everyCommandIsReadAndGoesIntoTheConfiguration() {
    config.backup(
        "stop_command = systemctl stop 'my tacacs'",
        "start_command = /bin/start",
        "reload_command = kill -HUP 1",
        "health_command = \"/opt/my checks/tacacs\" --deep",
        "command_timeout = 90");

    ServerCommands read = ServerCommands.from(config.load());

    assertThat(words(read.stop().orElseThrow())).containsExactly("systemctl", "stop", "my tacacs");
    assertThat(words(read.start().orElseThrow())).containsExactly("/bin/start");
    assertThat(words(read.reload().orElseThrow())).containsExactly("kill", "-HUP", "1");
    assertThat(words(read.health().orElseThrow()))
        .containsExactly("/opt/my checks/tacacs", "--deep");
    assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(read.inOrder())
        .extracting(HostCommand::name)
        .containsExactly("stop", "start", "health");
    assertThat(BackupConfig.from(config.load()).serverCommands()).isEqualTo(read);
  }

  @Test
  void aShellGetsTheTextAsItIs() {
    config.backup("command_shell = yes", "stop_command = it's; echo $X | cat");

    assertThat(words(ServerCommands.from(config.load()).stop().orElseThrow()))
        .containsExactly("/bin/sh", "-c", "it's; echo $X | cat");
  }

  @Test
  void reloadStandsInForStart() {
    config.backup("reload_command = r");

    assertThat(ServerCommands.from(config.load()).inOrder())
        .extracting(HostCommand::name)
        .containsExactly("reload");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop_command", "start_command", "reload_command", "health_command"})
  void aQuoteThatIsNotClosedIsAnErrorThatNamesItsPlace(String key) {
    config.backup(key + " = systemctl stop 'tacacs");

    assertThat(onlyProblem().text())
        .startsWith(config.path() + ":2: [backup] " + key + " has a quote that is not closed")
        .contains("backslash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"./stop.sh", "bin/stop", "'' now"})
  void aRelativeProgramIsAnError(String text) {
    config.backup("stop_command = " + text);

    assertThat(onlyProblem().text())
        .contains(":2: [backup] stop_command begins with a relative path", "absolute path");
  }

  @ParameterizedTest
  @CsvSource({
    "command_timeout, 0",
    "command_timeout, 3601",
    "command_timeout, soon",
    "command_shell, bash"
  })
  void aBadLimitOrFlagIsAnErrorForCommandsAlone(String key, String value) {
    config.backup(key + " = " + value);

    InvalidConfigException failure =
        catchThrowableOfType(
            InvalidConfigException.class, () -> ServerCommands.from(config.load()));
    assertThat(failure.problems()).hasSize(1);
    assertThat(failure.problems().get(0).what())
        .contains("[backup] " + key + " is '" + value + "'");
  }

  @Test
  void otherBadKeysDoNotConcernTheCommands() {
    config.backup("compression = rar", "start_command = s");

    assertThat(ServerCommands.from(config.load()).start()).isPresent();
    assertThatThrownBy(() -> BackupConfig.from(config.load()))
        .isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void validationWarnsOfWhatARestoreWouldStumbleOver() {
    config.variable("PATH", directory + ":relative");
    config.backup("stop_command = no-such-program x", "health_command = /no/such");

    assertThat(warnings())
        .anyMatch(
            text -> text.contains(":2: [backup] stop_command names a program that is not there"))
        .anyMatch(
            text ->
                text.contains("[backup] health_command names a program")
                    && text.contains("/no/such"))
        .anyMatch(
            text -> text.contains("stop_command stops the TACACS+ server, and nothing starts it"))
        .hasSize(3);

    config.backup("start_command = /bin/sh", "reload_command = /bin/sh");
    assertThat(warnings()).singleElement().asString().contains("reload_command has no effect");

    config.backup("stop_command = /bin/sh -c x", "start_command = /bin/sh -c y");
    assertThat(warnings()).isEmpty();
  }

  private List<String> warnings() {
    return ConfigReview.of(config.load()).warnings().stream().map(ConfigProblem::text).toList();
  }

  private ConfigProblem onlyProblem() {
    List<ConfigProblem> problems = ConfigReview.of(config.load()).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static List<String> words(HostCommand command) {
    return command.words();
  }
}
