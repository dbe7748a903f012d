package org.tacvault.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.LockHolder;

class OwnerMarkTest {
  private static final String OWNER = "4711@fra1 6f1c2a7e";

  @TempDir Path directory;

  @Test
  void processIsAliveAsLongAsItHoldsItsMark() {
    OwnerMark mark = OwnerMark.hold(directory, OWNER);
    assertThat(OwnerMark.isAlive(directory, OWNER)).isTrue();
    mark.close();
    assertThat(OwnerMark.isAlive(directory, OWNER)).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void killedProcessIsDeadAndItsMarkIsRemoved() throws Exception {
    Path mark = directory.resolve("process-6f1c2a7e.lock");
    try (ChildJvm child = ChildJvm.start(LockHolder.class, "lock", mark)) {
      child.awaitLine("held");
      assertThat(OwnerMark.isAlive(directory, OWNER)).isTrue();
    }
    assertThat(OwnerMark.isAlive(directory, OWNER)).isFalse();
    assertThat(mark).doesNotExist();
  }

  @Test
  void onlyOldMarksThatNobodyHoldsAreSweptAway() throws Exception {
    Path dead = Files.createFile(directory.resolve("process-dead.lock"));
    Path claim = Files.createFile(directory.resolve("restore.lock"));
    OwnerMark.sweep(directory, Instant.now().plusSeconds(30));
    assertThat(dead).as("its process may be about to lock it").exists();
    try (OwnerMark mark = OwnerMark.hold(directory, OWNER)) {
      OwnerMark.sweep(directory, Instant.now().plusSeconds(90));
      assertThat(OwnerMark.isAlive(directory, OWNER)).isTrue();
    }
    assertThat(dead).doesNotExist();
    assertThat(claim).exists();
    OwnerMark.sweep(directory.resolve("missing"), Instant.now());
  }

  @Test
  void sameProcessNumberWithAnotherTokenIsAnotherProcess() {
    try (OwnerMark mark = OwnerMark.hold(directory, OWNER)) {
      assertThat(OwnerMark.isAlive(directory, "4711@fra1 00000000")).isFalse();
    }
  }
}
