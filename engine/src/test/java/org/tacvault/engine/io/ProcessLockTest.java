package org.tacvault.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.LockHolder;

class ProcessLockTest {
  @TempDir Path directory;

  @Test
  void oneHolderAtATimeInOneProcess() throws Exception {
    Path file = directory.resolve("new/x.lock");
    ProcessLock first = ProcessLock.tryAcquire(file, "first").orElseThrow();
    assertThat(ProcessLock.tryAcquire(file, "second")).isEmpty();
    first.close();
    try (ProcessLock second = ProcessLock.tryAcquire(file, "second").orElseThrow()) {
      assertThat(ProcessLock.holder(file)).isEqualTo("second");
    }
  }

  @Test
  void holderInAnotherProcessIsNamedAndItsDeathFreesTheLock() throws Exception {
    Path file = directory.resolve("x.lock");
    try (ChildJvm child = ChildJvm.start(LockHolder.class, "lock", file)) {
      child.awaitLine("held");
      assertThat(ProcessLock.tryAcquire(file, "us")).isEmpty();
      assertThat(ProcessLock.holder(file)).isEqualTo("the child");
    }
    try (ProcessLock ours = ProcessLock.tryAcquire(file, "us").orElseThrow()) {
      assertThat(ProcessLock.holder(file)).isEqualTo("us");
    }
  }

  @Test
  void askingWhoHoldsItDoesNotLoseIt() throws Exception {
    Path file = directory.resolve("x.lock");
    try (ProcessLock ours = ProcessLock.tryAcquire(file, "us").orElseThrow()) {
      assertThat(ProcessLock.holder(file)).isEqualTo("us");
      try (ChildJvm child = ChildJvm.start(LockHolder.class, "lock", file)) {
        assertThat(child.awaitExit()).isNotZero();
      }
    }
  }

  @Test
  void whoWaitsGetsItWhenItIsFree() throws Exception {
    Path file = directory.resolve("x.lock");
    ProcessLock first = ProcessLock.tryAcquire(file, "first").orElseThrow();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try (ProcessLock second =
                  ProcessLock.acquire(file, "second", Duration.ofMinutes(1)).orElseThrow()) {
                return true;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(waiting).isNotDone();
    first.close();
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void whoWaitsGivesUpInTheEnd() throws Exception {
    Path file = directory.resolve("x.lock");
    try (ProcessLock first = ProcessLock.tryAcquire(file, "first").orElseThrow()) {
      assertThat(ProcessLock.acquire(file, "second", Duration.ofMillis(50))).isEmpty();
    }
  }
}
