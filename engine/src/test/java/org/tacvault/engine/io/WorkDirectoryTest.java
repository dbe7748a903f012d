package org.tacvault.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.destination.local.SmallFileSystem;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.LockHolder;

class WorkDirectoryTest {
  @TempDir Path root;

  @Test
  void isPrivateAndGoneWithAllThatIsInItWhenClosed() throws Exception {
    Path path;
    try (WorkDirectory work = WorkDirectory.create(root, "test")) {
      path = work.path();
      Files.createDirectories(work.resolve("deep/er"));
      Files.writeString(work.resolve("deep/er/secret"), "x");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
    assertThat(path).doesNotExist();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void sweepLeavesWhatIsInUseHereAndElsewhere() throws Exception {
    try (WorkDirectory work = WorkDirectory.create(root, "test");
        ChildJvm child = ChildJvm.start(LockHolder.class, "work", root)) {
      Path theirs = Path.of(child.awaitLine("held"));
      assertThat(WorkDirectory.sweep(root)).isZero();
      assertThat(work.path()).exists();
      assertThat(theirs).exists();
    }
  }

  @Test
  void sweepRemovesWhatADeadProcessLeft() throws Exception {
    Path theirs;
    try (ChildJvm child = ChildJvm.start(LockHolder.class, "work", root)) {
      theirs = Path.of(child.awaitLine("held"));
      Files.writeString(theirs.resolve("plaintext"), "x");
    }
    assertThat(WorkDirectory.sweep(root)).isEqualTo(1);
    assertThat(root).isEmptyDirectory();
    assertThat(theirs).doesNotExist();
  }

  @Test
  void whatCannotBeRemovedIsLeftForASweepWhileItsProcessGoesOn() throws Exception {
    WorkDirectory work = WorkDirectory.create(root, "test");
    try (SmallFileSystem busy = SmallFileSystem.mount(work.resolve("busy"), "size=1m")) {
      assertThat(busy.path()).isDirectory();
      assertThatThrownBy(work::close).isInstanceOf(IOException.class);
    }
    assertThat(WorkDirectory.sweep(root)).isEqualTo(1);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void sweepLeavesFilesThatAreNotOurs() throws Exception {
    Path foreign = Files.writeString(root.resolve("notes.txt"), "x");
    assertThat(WorkDirectory.sweep(root)).isZero();
    assertThat(foreign).exists();
    assertThat(WorkDirectory.sweep(root.resolve("none"))).isZero();
  }
}
