package org.tacvault.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.config.HostCommand;
import org.tacvault.engine.config.Redaction;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.testing.Scripts;

class CommandRunnerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Environment ENVIRONMENT =
      Environment.of(
          Map.of(
              "PATH", "/usr/bin:/bin",
              "LANG", "C",
              "BACKUP_ENCRYPTION_PASSPHRASE", "hunter2",
              "TACACS_LDAP_BIND_PASSWORD", "bind-me",
              "AZURE_CONNECTION_STRING", "AccountName=a;AccountKey=abcd"));

  @TempDir Path root;
  private Scripts scripts;

  @BeforeEach
  void createHome() throws IOException {
    scripts = new Scripts(root.resolve("bin"));
    Files.createDirectories(root.resolve("home"));
  }

  @AfterEach
  void nothingIsLeftInTheTemporaryDirectory() {
    assertThat(root.resolve("temp"))
        .satisfiesAnyOf(
            temp -> assertThat(temp).doesNotExist(),
            temp -> assertThat(temp).isEmptyDirectory(),
            temp -> assertThat(temp).isRegularFile());
  }

  @Test
  void exitCodeAndBothOutputsAreToldInTheirOrder() {
    CommandResult result = run(scripts.write("x", "echo one", "echo two >&2", "echo 3", "exit 7"));

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.output()).isEqualTo("one\ntwo\n3\n");
    assertThat(result.isSuccess()).isFalse();
    assertThat(result.outcome()).isEqualTo("exit code 7: 3");
    assertThat(result.name()).isEqualTo("start");
  }

  @Test
  void argumentsReachTheProgramAsTheyAreWithoutAnyShell() {
    Path script = scripts.write("x", "for word; do echo \"[$word]\"; done");

    CommandResult result =
        run(
            List.of(
                script.toString(),
                "$(touch " + root + "/made)",
                ";",
                "|",
                "*",
                "a  b",
                "",
                "$HOME"),
            LIMIT);

    assertThat(result.output())
        .isEqualTo("[$(touch " + root + "/made)]\n[;]\n[|]\n[*]\n[a  b]\n[]\n[$HOME]\n");
    assertThat(root.resolve("made")).doesNotExist();
  }

  @Test
  void aProgramIsFoundOnThePathAndRunsInTheHome() {
    CommandResult result = run(List.of("pwd"), LIMIT);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.output()).isEqualTo(root.resolve("home") + "\n");
  }

  @Test
  void inputIsEmptyAndTheEnvironmentHoldsNoSecretOfOurs() {
    CommandResult result = run(scripts.write("x", "cat", "env"));

    assertThat(result.output())
        .contains("LANG=C\n", "PATH=/usr/bin:/bin\n", "TACVAULT_OPERATION=restore\n")
        .doesNotContain("PASSPHRASE", "hunter2", "BIND", "bind-me", "AZURE", "abcd");
  }

  @Test
  void secretsInTheOutputAreMasked() {
    CommandResult result = run(scripts.write("x", "echo key hunter2 bind-me", "exit 1"));

    assertThat(result.output()).isEqualTo("key ******** ********\n");
    assertThat(result.outcome()).doesNotContain("hunter2");
  }

  @Test
  void onlyTheEndOfALongOutputIsKept() {
    CommandResult result =
        run(scripts.write("x", "i=0", "while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); done"));

    assertThat(result.output()).hasSize(8 * 1024 + 1).startsWith("…").endsWith("\nline 29999\n");
  }

  @Test
  void aSecretThatWasCutInHalfIsNotShown() {
    // As much as is read of the end begins with "unter2".
    CommandResult result =
        run(
            scripts.write(
                "x", "printf 'xh'; printf 'unter2'; head -c " + (16 * 8192 - 6) + " /dev/zero"));

    assertThat(result.output()).doesNotContain("unter2");
  }

  @Test
  void whatIsWrittenWithoutEndFillsNeitherDiskNorMemory() {
    CommandResult result =
        run(scripts.write("x", "head -c 300000000 /dev/zero", "sleep 1", "echo end"));

    assertThat(result.output()).hasSize(8 * 1024 + 1).endsWith("?end\n");
  }

  @Test
  void bytesThatAreNoTextAreMadeVisible() {
    CommandResult result = run(scripts.write("x", "printf 'a\\033[31m\\000\\377b\\r\\nc\\td'"));

    assertThat(result.output()).isEqualTo("a?[31m?\uFFFDb\nc\td");
  }

  @Test
  void aMissingProgramIsToldClearly() throws IOException {
    Path plain = Files.writeString(root.resolve("plain"), "x");
    for (String program : List.of("/no/such", "no-such-program", plain.toString())) {
      CommandResult result = run(List.of(program), LIMIT);
      assertThat(result.exitCode()).isNull();
      assertThat(result.isSuccess()).isFalse();
      assertThat(result.outcome()).contains("could not be started", "no such program");
    }
  }

  @Test
  void whatTheSystemCannotExecuteIsToldClearly() {
    Path script = scripts.write("x");
    try {
      Files.writeString(script, "#!/no/such/interpreter\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    CommandResult result = run(script);

    assertThat(result.exitCode()).isNull();
    assertThat(result.outcome()).startsWith("it could not be started: ").contains("No such file");
  }

  @Test
  void atItsTimeLimitAProcessThatIgnoresTermIsKilledWithItsChildren() {
    Path script =
        scripts.write(
            "x",
            "trap '' TERM",
            "sh -c 'trap \"\" TERM; echo $$ > "
                + scripts.path("child")
                + "; while :; do sleep 1; done' &",
            "echo $$ > " + scripts.path("self"),
            "echo waiting",
            "while :; do sleep 1; done");

    CommandResult result = run(List.of(script.toString()), Duration.ofSeconds(2));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.exitCode()).isNull();
    assertThat(result.output()).isEqualTo("waiting\n");
    assertThat(result.outcome()).startsWith("it did not end in time and was ended after ");
    assertThat(result.took()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(30));
    assertEnded("self");
    assertEnded("child");
  }

  @Test
  void atItsTimeLimitAProcessThatObeysIsEndedAtOnce() {
    CommandResult result = run(List.of("sleep", "600"), Duration.ofSeconds(1));

    assertThat(result.timedOut()).isTrue();
    assertThat(result.took()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aDaemonThatIsLeftRunningIsNotWaitedForAndCanGoOnWriting() throws Exception {
    Path script =
        scripts.write(
            "x",
            "(while [ ! -e " + scripts.path("go") + " ]; do sleep 0.1; done",
            " echo still here && echo alive > " + scripts.path("alive") + ") &",
            "echo started");

    CommandResult result = run(script);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.output()).isEqualTo("started\n");
    assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
    Files.writeString(scripts.path("go"), "");
    await().atMost(Scripts.PATIENCE).until(() -> scripts.lines("alive").equals(List.of("alive")));
  }

  @Test
  void withoutRoomForItsOutputACommandRunsAllTheSame() throws IOException {
    Files.writeString(root.resolve("temp"), "no directory");

    CommandResult result =
        run(scripts.write("x", "echo lost", "echo done > " + scripts.path("done")));

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.output()).startsWith("its output could not be kept");
    assertThat(scripts.lines("done")).containsExactly("done");
  }

  @Test
  void anInterruptEndsTheCommand() throws Exception {
    Path script = scripts.write("x", "echo $$ > " + scripts.path("self"), "exec sleep 600");
    Thread test = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              await().atMost(Scripts.PATIENCE).until(() -> !scripts.lines("self").isEmpty());
              test.interrupt();
            });
    other.start();

    assertThatThrownBy(() -> run(script))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    other.join();
    assertEnded("self");
  }

  @Test
  void aHealthCheckIsRepeatedUntilItSucceeds() {
    Path script =
        scripts.write(
            "x",
            "echo try >> " + scripts.path("tries"),
            "[ $(wc -l < " + scripts.path("tries") + ") -ge 3 ]");

    CommandResult result =
        runner().runUntilSuccess(command(List.of(script.toString())), Map.of(), LIMIT);

    assertThat(result.isSuccess()).isTrue();
    assertThat(scripts.lines("tries")).hasSize(3);
    assertThat(result.took()).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void aHealthCheckThatNeverSucceedsEndsAtItsLimit() {
    Path script = scripts.write("x", "echo try >> " + scripts.path("tries"), "echo down", "exit 5");

    CommandResult result =
        runner()
            .runUntilSuccess(command(List.of(script.toString())), Map.of(), Duration.ofSeconds(2));

    assertThat(result.outcome()).isEqualTo("exit code 5: down");
    assertThat(scripts.lines("tries")).hasSizeBetween(2, 5);
    assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
  }

  private CommandResult run(Path script) {
    return run(List.of(script.toString()), LIMIT);
  }

  private CommandResult run(List<String> words, Duration limit) {
    return runner().run(command(words), Map.of("TACVAULT_OPERATION", "restore"), limit);
  }

  private CommandRunner runner() {
    TacacsConfig config = TacacsConfig.load(Home.at(root.resolve("home")), ENVIRONMENT);
    return new CommandRunner(
        ENVIRONMENT, root.resolve("home"), root.resolve("temp"), Redaction.of(config, ENVIRONMENT));
  }

  private static HostCommand command(List<String> words) {
    return new HostCommand("start", String.join(" ", words), words);
  }

  private void assertEnded(String file) {
    long pid = Long.parseLong(scripts.lines(file).get(0));
    await()
        .atMost(Scripts.PATIENCE)
        .until(() -> ProcessHandle.of(pid).flatMap(process -> isRunning(process)).isEmpty());
  }

  private static Optional<ProcessHandle> isRunning(ProcessHandle process) {
    return process.isAlive() ? Optional.of(process) : Optional.empty();
  }
}
