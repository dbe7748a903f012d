package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/**
 * {@code kill -9} at the stages that listeners hear of; the next opening leaves everything as it
 * was before, or as it was to be. Deaths at every other step: {@link CrashedRestoreTest}, {@link
 * CrashedBackupTest}.
 */
class KillTest {
  @TempDir Path root;
  private Map<String, Object> before;

  @BeforeEach
  void createHome() {
    try (EngineScene scene = EngineScene.create(root)) {
      before = scene.content();
    }
  }

  @ParameterizedTest
  @EnumSource(BackupStage.class)
  void backupThatIsKilledAtAnyStageLeavesNothing(BackupStage stage) throws Exception {
    kill(stage.name(), "backup", store());
    try (EngineScene scene = reopen()) {
      assertThat(scene.engine().startup().interrupted()).hasSize(1);
      Execution killed = scene.assertNewest(ExecutionStatus.FAILED);
      assertThat(killed.errorMessage()).startsWith("interrupted");
      assertBackupsAreWholeAndTheNextOneWorks(scene);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXTRACT",
        "CHECK",
        "EMERGENCY_BACKUP",
        "KEEP",
        "REPLACE",
        "REPLACED 4",
        "REPLACED 7",
        "DONE"
      })
  void restoreThatIsKilledAtAnyStepIsUndoneOrDone(String step) throws Exception {
    Path archive = otherArchive("other", 11);
    kill(step, "restore", archive);
    boolean committed = step.equals("DONE");
    boolean applying = step.startsWith("RE") || step.equals("KEEP");
    try (EngineScene scene = reopen()) {
      assertThat(scene.engine().startup().recovered().map(Recovery.Report::outcome).isPresent())
          .isEqualTo(applying);
      assertThat(scene.content())
          .isEqualTo(committed ? EngineScene.content(root.resolve("other/home")) : before);
      scene.assertNewest(
          ExecutionKind.RESTORE, committed ? ExecutionStatus.COMPLETED : ExecutionStatus.FAILED);
      scene.assertNothingLeft();
    }
  }

  private void assertBackupsAreWholeAndTheNextOneWorks(EngineScene scene) throws IOException {
    Path next = scene.archive();
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNothingLeft();
    for (StoredArchive stored : scene.engine().target(scene.store()).destination().list()) {
      scene
          .engine()
          .verifier()
          .verify(
              new ArchiveRef.File(Path.of(stored.path())),
              Keys.none(),
              "test",
              VerifyListener.NONE);
      Files.delete(Path.of(stored.path()));
    }
    assertThat(next).doesNotExist();
  }

  /** As the next start two hours later: a partial file is left alone while it may be in use. */
  private EngineScene reopen() {
    Instant later = Instant.now().plus(Duration.ofHours(2));
    BackupEngine engine =
        BackupEngine.open(
            new EngineOptions(
                Home.at(root.resolve("home")),
                Environment.of(Map.of()),
                InstantSource.fixed(later)));
    return new EngineScene(engine.home(), store(), engine);
  }

  private void kill(String moment, String work, Path... paths) throws IOException {
    try (ChildJvm child = start(moment, work, paths)) {
      child.awaitLine("at " + moment.split(" ")[0]);
    }
  }

  private ChildJvm start(String moment, String work, Path... paths) {
    Object[] arguments = new Object[3 + paths.length];
    arguments[0] = root.resolve("home");
    arguments[1] = moment;
    arguments[2] = work;
    System.arraycopy(paths, 0, arguments, 3, paths.length);
    return ChildJvm.start(EngineProcess.class, arguments);
  }

  private Path otherArchive(String name, long seed) {
    Path other = root.resolve(name);
    SampleHome.create(other.resolve("home"), SampleSize.SMALL, seed, EngineScene.NOW);
    try (EngineScene scene = EngineScene.open(other, Map.of())) {
      return scene.archive();
    }
  }

  private Path store() {
    return root.resolve("store");
  }
}
