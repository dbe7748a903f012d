package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Identity;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.PlanWarning;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestoreReport;

/** Going back to what was before the last restore. */
class UndoTest {
  @TempDir Path root;
  private UndoScene scene;

  @BeforeEach
  void createScene() {
    scene = UndoScene.create(root);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingIsAsBeforeAndRecorded(boolean rollbackJournals) throws Exception {
    if (rollbackJournals) {
      scene.useRollbackJournals();
    }
    RestoreReport restored = scene.restore(Optional.empty());
    assertThat(scene.content()).isEqualTo(scene.other);
    RestoreReport undone = scene.undo();
    assertThat(scene.content()).isEqualTo(scene.before);
    assertThat(undone.emergencyBackup()).isNotEqualTo(restored.emergencyBackup());
    Execution execution = scene.restores().get(0);
    assertThat(execution.id()).isEqualTo(undone.executionId());
    assertThat(execution.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(execution.request().undoes()).isEqualTo(restored.executionId());
    assertThat(execution.request().comment())
        .isEqualTo("undo of restore " + restored.executionId());
  }

  @Test
  void undoingTwiceBringsBackWhatWasUndone() {
    scene.restore(Optional.empty());
    scene.undo();
    scene.undo();
    assertThat(scene.content()).isEqualTo(scene.other);
    scene.undo();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void onlyWhatTheRestoreChangedGoesBack() throws Exception {
    scene.restore(Optional.empty(), Component.USERS);
    scene.execute("devices", "DELETE FROM devices");
    Map<String, Object> later = scene.content();
    scene.undo();
    assertThat(scene.content().get("data/local_auth.db"))
        .isEqualTo(scene.before.get("data/local_auth.db"));
    assertThat(scene.content().get("data/devices.db")).isEqualTo(later.get("data/devices.db"));
  }

  @Test
  void aPartOfItGoesBackAlone() {
    scene.restore(Optional.empty());
    scene.undo(Component.USERS);
    assertThat(scene.content().get("data/local_auth.db"))
        .isEqualTo(scene.before.get("data/local_auth.db"));
    assertThat(scene.content().get("data/devices.db"))
        .isEqualTo(scene.other.get("data/devices.db"));
  }

  @Test
  void whatTheRestoreDidNotChangeCannotBeAskedFor() {
    scene.restore(Optional.empty(), Component.USERS);
    assertThat(
            assertFails(
                    ErrorKind.NOT_FOUND,
                    "did not change all of that",
                    () -> scene.undo(Component.DEVICES))
                .hint())
        .hasValueSatisfying(hint -> assertThat(hint).endsWith("changed: users"));
  }

  @Test
  void whatTheRestoreMadeGoesAndComesBackWithTheUndoOfTheUndo() throws Exception {
    Files.delete(scene.database("devices"));
    Files.delete(scene.home.configFile());
    Map<String, Object> before = scene.content();
    scene.restore(Optional.empty());
    RestorePlan plan = scene.planUndo();
    assertThat(plan.members())
        .filteredOn(member -> member.action() == RestorePlan.Action.REMOVE)
        .extracting(RestorePlan.Member::member)
        .containsExactly("tacacs.conf", "devices.db");
    assertThat(plan.warnings())
        .filteredOn(warning -> warning.kind() == PlanWarning.Kind.WOULD_BE_REMOVED)
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("tacacs.conf, devices.db"));
    RestoreReport undone = scene.undo();
    assertThat(undone.restartRequired()).isTrue();
    assertThat(undone.components()).contains(Component.CONFIG, Component.DEVICES);
    assertThat(scene.content()).isEqualTo(before);
    scene.undo();
    assertThat(scene.content()).isEqualTo(scene.other);
  }

  @Test
  void aDatabaseThatTheRestoredConfigurationPutElsewhereGoes() throws Exception {
    Path config = root.resolve("other/home/config/tacacs.conf");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("devices.db", "moved/devices.db"));
    Files.createDirectories(root.resolve("other/home/data/moved"));
    Files.move(
        root.resolve("other/home/data/devices.db"),
        root.resolve("other/home/data/moved/devices.db"));
    Path archive;
    try (EngineScene other = EngineScene.open(root.resolve("other"), Map.of())) {
      archive = other.archive();
    }
    try (EngineScene engine = EngineScene.open(root, Map.of())) {
      engine.restore(archive);
    }
    assertThat(scene.home.data().resolve("moved/devices.db")).exists();
    scene.undo();
    assertThat(scene.home.data().resolve("moved/devices.db")).doesNotExist();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void nothingToUndoIsAnError() {
    assertFails(ErrorKind.NOT_FOUND, "no restore with an emergency backup", scene::undo);
  }

  @Test
  void anEmergencyBackupThatIsGoneIsNamed() throws Exception {
    String path = String.valueOf(scene.restore(Optional.empty()).emergencyBackup());
    Files.delete(Path.of(path));
    assertFails(ErrorKind.NOT_FOUND, "its emergency backup is gone: " + path, scene::undo);
    assertThat(scene.content()).isEqualTo(scene.other);
  }

  @Test
  void aRestoreThatWentBackByItselfIsNotUndoneAgain() {
    RestoreReport first = scene.restore(Optional.empty(), Component.DEVICES);
    scene.restore(Optional.of(Duration.ofMinutes(10)), Component.USERS);
    scene.pass(Duration.ofMinutes(10));
    scene.undo();
    assertThat(scene.restores().get(0).request().undoes()).isEqualTo(first.executionId());
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void aKeptRestoreCanBeUndone() {
    scene.restore(Optional.of(Duration.ofMinutes(10)));
    try (BackupEngine engine = scene.open()) {
      engine.heldRestores().keep("somebody");
    }
    scene.undo();
    assertThat(scene.content()).isEqualTo(scene.before);
  }

  @Test
  void anEmergencyBackupToPublicKeysAsksForTheKey() throws Exception {
    String recipient = Identity.generate().recipient();
    String config = Files.readString(scene.home.configFile());
    Files.writeString(
        scene.home.configFile(),
        config.replace(
            "encryption_enabled = false",
            "encryption_enabled = true\nencryption_recipients = " + recipient));
    RestoreReport restored = scene.restore(Optional.empty(), Component.USERS);
    assertThat(restored.emergencyBackup()).endsWith(".age");
    assertThat(assertFails(ErrorKind.WRONG_KEY, "public keys", scene::undo).hint())
        .hasValueSatisfying(hint -> assertThat(hint).contains("--identity", recipient));
    assertThat(scene.restores())
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.FAILED, ExecutionStatus.COMPLETED);
  }
}
