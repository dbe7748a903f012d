package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.host.CommandResult;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.Scripts;
import org.tacvault.engine.verify.ArchiveRef;

/** Commands stop and start a server when a restore was killed, goes back or is undone. */
class HostCommandsRecoveryTest extends HostCommandsScene {
  @ParameterizedTest
  @ValueSource(strings = {"KEEP", "REPLACED 4", "START_SERVER"})
  void afterAKillTheNextStartRollsBackAndStartsTheServer(String moment) throws Exception {
    configure("stop", "start", "health");
    kill(moment);
    assertThat(seen()).containsExactly("restore stop 0");

    try (EngineScene next = EngineScene.open(root, Map.of())) {
      Recovery.Report report = next.engine().startup().recovered().orElseThrow();
      assertThat(report.outcome()).isEqualTo(Recovery.Outcome.ROLLED_BACK);
      assertThat(report.server().failure()).isEmpty();
      assertThat(report.server().commands())
          .extracting(CommandResult::name)
          .containsExactly("stop", "start", "health");
      assertThat(seen().subList(1, 4))
          .containsExactly("recovery stop 0", "recovery start 0", "recovery health 0");
      assertThat(next.content()).isEqualTo(before);
      Execution recorded = next.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
      assertThat(recorded.errorMessage()).startsWith("interrupted").doesNotContain("not known");
      assertThat(recorded.result().commands()).hasSize(3);
      next.assertNothingLeft();
    }
  }

  @Test
  void afterAKillBeforeTheStopCommandNothingIsLeftStopped() throws Exception {
    configure("stop", "start");
    kill("STOP_SERVER");

    try (EngineScene next = EngineScene.open(root, Map.of())) {
      assertThat(next.engine().startup().recovered()).isPresent();
      assertThat(seen()).containsExactly("recovery stop 0", "recovery start 0");
      assertThat(next.content()).isEqualTo(before);
    }
  }

  @Test
  void afterAKillAServerThatDoesNotStartIsToldAndKeepsNoJournal() throws Exception {
    configure("stop", "start");
    scripts.write("start", "echo no licence", "exit 4");
    kill("REPLACED 4");

    try (EngineScene next = EngineScene.open(root, Map.of())) {
      Recovery.Report report = next.engine().startup().recovered().orElseThrow();
      assertThat(report.server().failure())
          .hasValueSatisfying(why -> assertThat(why).contains("exit code 4: no licence"));
      assertThat(next.content()).isEqualTo(before);
      assertThat(next.home().restoreJournal()).doesNotExist();
      assertThat(next.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED).errorMessage())
          .contains("the TACACS+ server is not known to be up", "no licence");
    }
  }

  @Test
  void afterAKillRecoveryThatIsKilledItselfPutsNothingBackTwice() throws Exception {
    configure("stop", "start");
    Path pid = scripts.path("pid");
    scripts.write(
        "start",
        "echo $TACVAULT_OPERATION >> " + scripts.path("starts"),
        "echo $$ > " + pid,
        "exec sleep 600");
    kill("REPLACED 4");
    try (ChildJvm child =
        ChildJvm.start(EngineProcess.class, scene.home().root(), "-", "restore", archive)) {
      await()
          .atMost(Scripts.PATIENCE)
          .until(() -> Files.exists(pid) && !scripts.lines("pid").isEmpty());
      child.process().destroyForcibly().waitFor();
    }
    ProcessHandle.of(Long.parseLong(scripts.lines("pid").get(0)))
        .ifPresent(ProcessHandle::destroyForcibly);
    // The server, started again, writes: that must stay.
    change("UPDATE local_users SET enabled = 1");
    Map<String, Object> written = scene.content();
    configure("start");

    try (EngineScene next = EngineScene.open(root, Map.of())) {
      assertThat(next.engine().startup().recovered()).isPresent();
      assertThat(next.database("local_auth")).exists();
      assertThat(next.content().get("data/local_auth.db"))
          .isEqualTo(written.get("data/local_auth.db"));
      assertThat(seen()).contains("recovery start 1");
      assertThat(next.home().restoreJournal()).doesNotExist();
    }
  }

  @Test
  void aRestoreThatIsNotKeptStopsAndStartsTheServerWhenItGoesBack() throws Exception {
    configure("stop", "start", "health");
    RestoreReport held = hold();
    assertThat(held.commands()).hasSize(3);
    assertThat(seen()).containsExactly("restore stop 0", "restore start 1", "restore health 1");

    Recovery.Report back = scene.engine().heldRestores().goBack("somebody").orElseThrow();

    assertThat(back.server().failure()).isEmpty();
    assertThat(seen().subList(3, 6))
        .containsExactly("rollback stop 0", "rollback start 0", "rollback health 0");
    assertThat(scene.content()).isEqualTo(before);
    assertThat(scene.home().restoreJournal()).doesNotExist();
    Execution recorded = scene.engine().catalog().find(back.undoneBy().orElseThrow()).orElseThrow();
    assertThat(recorded.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(recorded.result().commands()).hasSize(3);
    assertThat(recorded.result().warnings()).isEmpty();
  }

  @Test
  void aServerThatDoesNotComeUpWhenARestoreGoesBackIsTold() throws Exception {
    configure("stop", "start");
    hold();
    failing("start", "rollback");

    Recovery.Report back = scene.engine().heldRestores().goBack("somebody").orElseThrow();

    assertThat(back.server().failure())
        .hasValueSatisfying(why -> assertThat(why).contains("run start command", "exit code 9"));
    assertThat(scene.content()).isEqualTo(before);
    Execution recorded = scene.engine().catalog().find(back.undoneBy().orElseThrow()).orElseThrow();
    assertThat(recorded.result().warnings())
        .singleElement()
        .asString()
        .contains("the TACACS+ server is not known to be up", "exit code 9");
  }

  @Test
  void aRestoreThatIsKeptLeavesTheServerAlone() throws Exception {
    configure("stop", "start");
    hold();
    scene.engine().heldRestores().keep("somebody");
    scene.close();
    EngineScene.open(root, Map.of()).close();
    assertThat(seen()).containsExactly("restore stop 0", "restore start 1");
  }

  @Test
  void anUndoSaysSo() throws Exception {
    configure("stop", "start");
    scene.restore(archive, Keys.none(), RestoreListener.NONE);
    Execution restore = scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED);
    configure("stop", "start");
    RestoreRequest undo =
        new RestoreRequest(
            new ArchiveRef.File(Path.of(restore.result().emergencyPath())),
            Set.of(),
            Keys.none(),
            RestoreOptions.PLAIN,
            "test",
            RestoreListener.NONE,
            restore);

    try (PreparedRestore prepared = scene.engine().restores().prepare(undo)) {
      prepared.apply();
    }

    assertThat(seen().subList(2, 4)).containsExactly("undo stop 1", "undo start 0");
  }

  private RestoreReport hold() {
    RestoreOptions tenMinutes =
        RestoreOptions.PLAIN.withConfirmWithin(Optional.of(Duration.ofMinutes(10)));
    try (PreparedRestore prepared = prepare(archive, tenMinutes)) {
      return prepared.apply();
    }
  }

  private void kill(String moment) throws Exception {
    scene.close();
    try (ChildJvm child =
        ChildJvm.start(EngineProcess.class, scene.home().root(), moment, "restore", archive)) {
      child.awaitLine("at ");
    }
  }
}
