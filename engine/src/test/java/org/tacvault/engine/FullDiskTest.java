package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.destination.local.SmallFileSystem;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.testing.HomeState;

/** Disks that are full, fill up, or may not be written. */
class FullDiskTest {
  @TempDir Path root;

  @Test
  void tooSmallTemporaryDirectoryIsFoundBeforeAnythingIsCopied() throws Exception {
    try (EngineScene scene = EngineScene.create(root);
        SmallFileSystem disk = SmallFileSystem.mount(root.resolve("small"), "size=64k")) {
      useTemp(scene, disk.path().resolve("temp"));
      assertUnchangedAfterFailure(scene, "temporary directory", BackupListener.NONE);
      assertThat(HomeState.bytes(disk.path())).isEmpty();
    }
  }

  @Test
  void temporaryDirectoryThatFillsUpDuringTheSnapshotFailsTheBackup() throws Exception {
    try (EngineScene scene = EngineScene.create(root);
        SmallFileSystem disk = SmallFileSystem.mount(root.resolve("small"), "size=4m")) {
      useTemp(scene, disk.path().resolve("temp"));
      Path ballast = disk.path().resolve("ballast");
      assertUnchangedAfterFailure(scene, "", fillAt(BackupStage.SNAPSHOT, ballast));
      Files.delete(ballast);
      assertThat(HomeState.bytes(disk.path())).isEmpty();
      assertUnchangedAfterFailure(scene, "", fillAt(BackupStage.ARCHIVE, ballast));
      Files.delete(ballast);
      assertThat(HomeState.bytes(disk.path())).isEmpty();
    }
  }

  @Test
  void destinationThatFillsUpDuringTheUploadHasNoArchive() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("store"), "size=2m");
        EngineScene scene = EngineScene.create(root)) {
      Path ballast = disk.path().resolve("ballast");
      assertUnchangedAfterFailure(scene, "", fillAt(BackupStage.UPLOAD, ballast));
      Files.delete(ballast);
      assertThat(HomeState.bytes(disk.path())).isEmpty();
      assertThat(scene.archive()).exists();
    }
  }

  @Test
  void destinationThatIsTooSmallIsFoundBeforeAnythingIsCopied() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("store"), "size=16k");
        EngineScene scene = EngineScene.create(root)) {
      assertUnchangedAfterFailure(scene, "destination", BackupListener.NONE);
      assertThat(HomeState.bytes(disk.path())).isEmpty();
    }
  }

  @Test
  void readOnlyDestinationIsDenied() throws Exception {
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("store"), "ro,size=2m");
        EngineScene scene = EngineScene.create(root)) {
      Map<String, String> before = scene.bytes();
      assertFails(ErrorKind.ACCESS_DENIED, disk.path().toString(), scene::backUp);
      assertThat(scene.bytes()).isEqualTo(before);
      scene.assertNothingLeft();
      scene.assertNewest(ExecutionStatus.FAILED);
    }
  }

  @Test
  void archiveThatDoesNotFitUnpackedChangesNothing() throws Exception {
    try (EngineScene scene = EngineScene.create(root);
        SmallFileSystem disk = SmallFileSystem.mount(root.resolve("small"), "size=128k")) {
      Path archive = scene.archive();
      useTemp(scene, disk.path().resolve("temp"));
      assertRestoreFails(scene, archive, RestoreListener.NONE, root.resolve("no-ballast"));
      assertThat(HomeState.bytes(disk.path())).isEmpty();
    }
  }

  @Test
  void homeWithoutRoomForTheWayBackIsNotTouched() throws Exception {
    Path archive = largerArchive();
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=6m");
        EngineScene scene = EngineScene.create(disk.path())) {
      useTemp(scene, root.resolve("temp"));
      Path ballast = disk.path().resolve("ballast");
      assertRestoreFails(scene, archive, fillAt(RestoreStep.EMERGENCY_BACKUP, 1, ballast), ballast);
      leave(ballast, 2 << 20);
      assertRestoreFails(scene, archive, RestoreListener.NONE, ballast);
    }
  }

  @Test
  void homeThatFillsUpWhileItIsReplacedComesBackAtTheLatestWhenThereIsRoom() throws Exception {
    Path archive = largerArchive();
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("disk"), "size=24m")) {
      try (EngineScene scene = EngineScene.create(disk.path())) {
        useTemp(scene, root.resolve("temp"));
      }
      Path ballast = disk.path().resolve("ballast");
      for (RestoreStep step : List.of(RestoreStep.KEEP, RestoreStep.REPLACE)) {
        for (int member = 1; member <= 7; member++) {
          assertFullDiskIsSurvived(disk, archive, fillAt(step, member, ballast), ballast);
        }
      }
      try (EngineScene scene = EngineScene.open(disk.path(), Map.of())) {
        scene.restore(archive);
        scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED);
      }
    }
  }

  private static void assertFullDiskIsSurvived(
      SmallFileSystem disk, Path archive, RestoreListener listener, Path ballast)
      throws IOException {
    Map<String, Object> before;
    try (EngineScene scene = EngineScene.open(disk.path(), Map.of())) {
      before = scene.content();
      assertThatThrownBy(() -> scene.restore(archive, Keys.none(), listener))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("no space left");
    }
    Files.delete(ballast);
    try (EngineScene scene = EngineScene.open(disk.path(), Map.of())) {
      assertThat(scene.content()).isEqualTo(before);
      scene.assertNothingLeft();
      scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
    }
  }

  private static void leave(Path ballast, long bytes) throws IOException {
    fill(ballast);
    try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - bytes);
    }
  }

  private Path largerArchive() {
    Path other = root.resolve("other");
    SampleHome.create(
        other.resolve("home"), new SampleSize(200, 400, 5_000, 1_000, 1_000), 3, EngineScene.NOW);
    try (EngineScene scene = EngineScene.open(other, Map.of())) {
      return scene.archive();
    }
  }

  private static void assertRestoreFails(
      EngineScene scene, Path archive, RestoreListener listener, Path ballast) throws IOException {
    Map<String, Object> before = scene.content();
    assertFails(ErrorKind.NO_SPACE, "", () -> scene.restore(archive, Keys.none(), listener));
    Files.deleteIfExists(ballast);
    assertThat(scene.content()).isEqualTo(before);
    scene.assertNothingLeft();
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
  }

  private static void assertUnchangedAfterFailure(
      EngineScene scene, String text, BackupListener listener) {
    Map<String, String> before = scene.bytes();
    assertFails(ErrorKind.NO_SPACE, text, () -> scene.backUp(listener));
    assertThat(scene.bytes()).isEqualTo(before);
    scene.assertNothingLeft();
    scene.assertNewest(ExecutionStatus.FAILED);
  }

  private static void useTemp(EngineScene scene, Path temp) throws IOException {
    String config = Files.readString(scene.home().configFile());
    Files.writeString(
        scene.home().configFile(),
        config.replaceFirst("(?m)^temp_directory = .*$", "temp_directory = " + temp));
  }

  private static BackupListener fillAt(BackupStage fatal, Path ballast) {
    return new BackupListener() {
      @Override
      public void stage(BackupStage stage) {
        if (stage == fatal) {
          fill(ballast);
        }
      }
    };
  }

  private static RestoreListener fillAt(RestoreStep fatal, int occurrence, Path ballast) {
    return new RestoreListener() {
      private int seen;

      @Override
      public void step(RestoreStep step, String subject) {
        if (step == fatal && ++seen == occurrence) {
          fill(ballast);
        }
      }
    };
  }

  /** Takes all room that there is. */
  private static void fill(Path ballast) {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
