package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.testing.HomeState;

/** Somebody presses Ctrl-C, or a server shuts down, at any moment of a backup or restore. */
class InterruptTest {
  @TempDir Path root;
  private EngineScene scene;

  @BeforeEach
  void createScene() {
    scene = EngineScene.create(root);
  }

  @AfterEach
  void closeScene() {
    assertThat(Thread.interrupted()).as("the flag is kept for the caller").isTrue();
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(value = BackupStage.class, names = "RETENTION", mode = EnumSource.Mode.EXCLUDE)
  void interruptedBackupIsCancelledAndLeavesNothing(BackupStage stage) {
    Map<String, String> before = scene.bytes();
    assertInterrupted(() -> scene.backUp(interruptAt(stage)));
    scene.assertNewest(ExecutionStatus.CANCELLED);
    assertThat(scene.bytes()).isEqualTo(before);
    assertThat(HomeState.bytes(scene.store())).isEmpty();
    scene.assertNothingLeft();
  }

  @Test
  void backupThatIsGoodAlreadyCannotBeStopped() {
    scene.backUp(interruptAt(BackupStage.RETENTION));
    scene.assertNewest(ExecutionStatus.COMPLETED);
    assertThat(scene.engine().target(scene.store()).destination().list()).hasSize(1);
    scene.assertNothingLeft();
  }

  @Test
  void backupThatIsInterruptedWhileBytesAreCopiedIsCancelled() {
    for (BackupStage stage : List.of(BackupStage.SNAPSHOT, BackupStage.ARCHIVE)) {
      Thread.interrupted();
      assertInterrupted(() -> scene.backUp(interruptDuring(stage)));
      scene.assertNewest(ExecutionStatus.CANCELLED);
      assertThat(HomeState.bytes(scene.store())).isEmpty();
      scene.assertNothingLeft();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EXTRACT, 1",
    "CHECK, 1",
    "EMERGENCY_BACKUP, 1",
    "KEEP, 1",
    "REPLACE, 1",
    "REPLACED, 1",
    "KEEP, 4",
    "REPLACE, 4",
    "REPLACED, 4",
    "KEEP, 7",
    "REPLACE, 7",
    "REPLACED, 7"
  })
  void interruptedRestoreIsUndoneAndCancelled(RestoreStep step, int occurrence) {
    Path archive = otherArchive();
    Map<String, Object> before = scene.content();
    assertInterrupted(() -> scene.restore(archive, Keys.none(), interruptAt(step, occurrence)));
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.CANCELLED);
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNothingLeft();
  }

  @Test
  void restoreThatIsDoneAlreadyCannotBeStopped() {
    Path archive = otherArchive();
    RestoreReport report = scene.restore(archive, Keys.none(), interruptAt(RestoreStep.DONE, 1));
    assertThat(report.warnings()).isEmpty();
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED);
    assertThat(scene.content()).isEqualTo(EngineScene.content(root.resolve("other/home")));
    scene.assertNothingLeft();
  }

  private static void assertInterrupted(ThrowingCallable work) {
    EngineException failure = catchThrowableOfType(EngineException.class, work);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(ErrorKind.INTERRUPTED);
  }

  private Path otherArchive() {
    Path other = root.resolve("other");
    SampleHome.create(other.resolve("home"), SampleSize.SMALL, 11, EngineScene.NOW);
    try (EngineScene another = EngineScene.open(other, Map.of())) {
      return another.archive();
    }
  }

  private static BackupListener interruptAt(BackupStage fatal) {
    return new BackupListener() {
      @Override
      public void stage(BackupStage stage) {
        if (stage == fatal) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private static BackupListener interruptDuring(BackupStage fatal) {
    return new BackupListener() {
      @Override
      public void progress(BackupStage stage, long doneBytes, long totalBytes) {
        if (stage == fatal) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private static RestoreListener interruptAt(RestoreStep fatal, int occurrence) {
    return new RestoreListener() {
      private int seen;

      @Override
      public void step(RestoreStep step, String subject) {
        if (step == fatal && ++seen == occurrence) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
