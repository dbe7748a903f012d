package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.tacvault.engine.EngineScene.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.host.CommandResult;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestorePlanJson;
import org.tacvault.engine.restore.RestorePlanText;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.testing.Scripts;

/** Commands stop and start a server around a restore. */
class HostCommandsTest extends HostCommandsScene {
  @Test
  void theServerIsDownWhileFilesChange() throws Exception {
    configure("stop", "start", "health");

    RestoreReport report = scene.restore(archive);

    assertThat(seen()).containsExactly("restore stop 0", "restore start 1", "restore health 1");
    assertThat(report.commands())
        .extracting(CommandResult::name)
        .containsExactly("stop", "start", "health");
    assertThat(report.restartRequired()).isFalse();
    Execution recorded = scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED);
    assertThat(recorded.result().commands())
        .allSatisfy(command -> assertThat(command.isSuccess()).isTrue())
        .extracting(CommandResult::output)
        .containsExactly("I stop\n", "I start\n", "I health\n");
    scene.assertNothingLeft();
  }

  @Test
  void commandsLearnWhatTheyAreRunFor() throws Exception {
    Path script =
        scripts.write(
            "start",
            "echo $TACVAULT_HOME $TACVAULT_EXECUTION_ID $TACVAULT_OPERATION > "
                + scripts.path("said"));
    configure(scene, "start_command = " + script);

    RestoreReport report = scene.restore(archive);

    assertThat(scripts.lines("said"))
        .containsExactly(scene.home().root() + " " + report.executionId() + " restore");
  }

  @Test
  void withoutStartTheServerIsReloaded() throws Exception {
    configure("reload");

    assertThat(scene.restore(archive).restartRequired()).isFalse();
    assertThat(seen()).containsExactly("restore reload 1");
  }

  @Test
  void aServerThatIsOnlyStoppedHasToBeRestarted() throws Exception {
    configure("stop");

    assertThat(scene.restore(archive).restartRequired()).isTrue();
    assertThat(seen()).containsExactly("restore stop 0");
  }

  @Test
  void aFailedStopChangesNothingAndTheServerIsStartedAgain() throws Exception {
    configure("stop", "start", "health");
    failing("stop", "restore");

    EngineException failure =
        assertFails(ErrorKind.FAILED, "run stop command", () -> scene.restore(archive));

    assertThat(failure.getMessage())
        .contains("exit code 9: I stop", "everything is as before", "brought up again");
    assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).contains("executions"));
    assertThat(seen()).containsExactly("restore stop 0", "rollback start 0", "rollback health 0");
    assertAsBeforeAndRecorded("stop", "start", "health");
  }

  @Test
  void aStopThatTakesTooLongChangesNothing() throws Exception {
    scripts.write("stop", "exec sleep 600");
    configure("start");
    configure(
        scene,
        "stop_command = " + scripts.path("stop"),
        "start_command = " + scripts.path("start"),
        "command_timeout = 1");

    assertFails(ErrorKind.FAILED, "it did not end in time", () -> scene.restore(archive));

    assertThat(seen()).containsExactly("rollback start 0");
    Execution recorded = assertAsBeforeAndRecorded("stop", "start");
    assertThat(recorded.result().commands().get(0).timedOut()).isTrue();
  }

  @Test
  void aMissingProgramFailsBeforeAnythingChanges() throws Exception {
    configure(scene, "stop_command = /no/such/program --now");

    EngineException failure =
        assertFails(ErrorKind.FAILED, "there is no such program", () -> scene.restore(archive));

    assertThat(failure.getMessage()).contains("/no/such/program --now");
    assertAsBeforeAndRecorded("stop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "health"})
  void aServerThatDoesNotComeUpGetsItsOldStateBack(String culprit) throws Exception {
    configure("stop", "start", "health");
    failing(culprit, "restore");

    EngineException failure =
        assertFails(ErrorKind.FAILED, "exit code 9", () -> scene.restore(archive));

    assertThat(failure.getMessage())
        .contains("run " + culprit + " command", "and the TACACS+ server was brought up again");
    List<String> expected = new ArrayList<>(List.of("restore stop 0", "restore start 1"));
    if (culprit.equals("health")) {
      expected.add("restore health 1");
    }
    expected.addAll(List.of("rollback stop 1", "rollback start 0", "rollback health 0"));
    assertThat(seen().stream().distinct()).containsExactlyElementsOf(expected);
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
    scene.assertNothingLeft();
  }

  @Test
  void aFailedReloadRollsBackAndReloadsTheOldState() throws Exception {
    configure("reload");
    failing("reload", "restore");

    assertFails(ErrorKind.FAILED, "run reload command", () -> scene.restore(archive));

    assertThat(seen()).containsExactly("restore reload 1", "rollback reload 0");
    assertAsBeforeAndRecorded("reload", "reload");
  }

  @Test
  void aServerThatDoesNotComeUpWithItsOldStateEitherIsToldLoudly() throws Exception {
    configure("stop", "start");
    scripts.write("start", "echo no licence", "exit 4");

    EngineException failure =
        assertFails(ErrorKind.FAILED, "is not up again", () -> scene.restore(archive));

    assertThat(failure.getMessage()).contains("everything is as before", "no licence");
    assertThat(failure.hint())
        .hasValueSatisfying(
            hint ->
                assertThat(hint)
                    .contains(
                        "start the TACACS+ server by hand: " + scripts.path("start"),
                        "tacvault executions "));
    assertAsBeforeAndRecorded("stop", "start", "stop", "start");
  }

  @Test
  void aSecondStopThatFailsKeepsNothingFromGoingBack() throws Exception {
    configure("stop", "start");
    failing("start", "restore");
    failing("stop", "rollback");

    assertFails(ErrorKind.FAILED, "brought up again", () -> scene.restore(archive));

    assertAsBeforeAndRecorded("stop", "start", "stop", "start");
  }

  @Test
  void whenFilesCannotBeReplacedTheServerIsStartedWithTheOldOnes() throws Exception {
    configure("stop", "start");
    RestoreListener failing =
        new RestoreListener() {
          private int replaced;

          @Override
          public void step(RestoreStep step, String subject) {
            if (step == RestoreStep.REPLACED && ++replaced == 3) {
              throw new IllegalStateException("the disk is broken");
            }
          }
        };

    EngineException failure =
        catchThrowableOfType(
            EngineException.class, () -> scene.restore(archive, Keys.none(), failing));

    assertThat(failure.getMessage()).contains("the disk is broken", "brought up again");
    assertThat(seen()).containsExactly("restore stop 0", "rollback start 0");
    assertAsBeforeAndRecorded("stop", "start");
  }

  @Test
  void anInterruptedRestoreStillStartsTheServerAgain() throws Exception {
    configure("start");
    scripts.write("stop", "touch " + scripts.path("stopping"), "exec sleep 600");
    configure(
        scene,
        "stop_command = " + scripts.path("stop"),
        "start_command = " + scripts.path("start"));
    Thread test = Thread.currentThread();
    Thread other =
        new Thread(
            () -> {
              await().atMost(Scripts.PATIENCE).until(() -> Files.exists(scripts.path("stopping")));
              test.interrupt();
            });
    other.start();

    EngineException failure =
        catchThrowableOfType(EngineException.class, () -> scene.restore(archive));

    assertThat(Thread.interrupted()).isTrue();
    other.join();
    assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(seen()).containsExactly("rollback start 0");
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.CANCELLED);
  }

  @Test
  void commandsOfTheArchiveAreNeverRunAndThePlanShowsThem() throws Exception {
    configure("stop", "start");
    Path hostile = scene.archive();
    configure(scene, "# none");
    before = scene.content();

    try (PreparedRestore prepared = prepare(hostile, RestoreOptions.PLAIN.withDryRun(true))) {
      assertThat(prepared.plan().commands()).isEmpty();
      assertThat(RestorePlanText.of(prepared.plan()))
          .contains("+ [backup] stop_command = " + scripts.path("stop"))
          .doesNotContain("\nCommands\n");
    }
    scene.restore(hostile);
    assertThat(seen()).isEmpty();

    EngineScene bare = EngineScene.open(root.resolve("bare"), Map.of());
    try (bare) {
      bare.restore(hostile);
    }
    assertThat(seen()).isEmpty();
  }

  @Test
  void aDryRunNamesTheCommandsAndRunsNone() throws Exception {
    configure("stop", "start", "reload", "health");
    configure(
        scene,
        "stop_command = " + scripts.path("stop") + " password=hunter2",
        "start_command = " + scripts.path("start"),
        "reload_command = " + scripts.path("reload"));

    try (PreparedRestore prepared = prepare(archive, RestoreOptions.PLAIN.withDryRun(true))) {
      RestorePlan plan = prepared.plan();
      assertThat(RestorePlanText.of(plan))
          .contains(
              "\nCommands\n  stop   "
                  + scripts.path("stop")
                  + " password=********\n  start  "
                  + scripts.path("start")
                  + "\n");
      assertThat(RestorePlanJson.document(plan).get("commands").toString())
          .contains("\"name\":\"stop\"", "\"name\":\"start\"", "********")
          .doesNotContain("reload", "hunter2");
    }
    assertThat(seen()).isEmpty();
  }

  @Test
  void commandsThatAreNotValidStopARestoreUnlessItIsForced() throws Exception {
    configure(scene, "stop_command = 'oops");

    assertFails(ErrorKind.INVALID_CONFIG, "stop_command", () -> scene.restore(archive));

    try (PreparedRestore forced = prepare(archive, RestoreOptions.PLAIN.withForce(true))) {
      assertThat(forced.apply().commands()).isEmpty();
    }
  }

  @Test
  void aShellRunsTheCommandOnlyWhenItIsAskedFor() throws Exception {
    Path made = root.resolve("made");
    configure(scene, "reload_command = /bin/echo $(touch " + made + ") ; touch " + made);
    scene.restore(archive);
    assertThat(made).doesNotExist();

    configure(
        scene,
        "command_shell = true",
        "reload_command = touch " + made + "; echo $((1 + 1)) | cat");
    RestoreReport report = scene.restore(archive);
    assertThat(made).exists();
    assertThat(report.commands().get(0).output()).isEqualTo("2\n");
  }

  private Execution assertAsBeforeAndRecorded(String... commands) {
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNothingLeft();
    Execution recorded = scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
    assertThat(recorded.result().commands())
        .extracting(CommandResult::name)
        .containsExactly(commands);
    return recorded;
  }
}
