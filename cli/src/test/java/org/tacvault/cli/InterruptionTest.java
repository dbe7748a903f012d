package org.tacvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InterruptionTest {
  @Test
  void waitsUntilTheInterruptedCommandHasCleanedUp() throws InterruptedException {
    AtomicReference<Interruption> interruption = new AtomicReference<>();
    CountDownLatch working = new CountDownLatch(1);
    AtomicBoolean cleaned = new AtomicBoolean();
    Thread command =
        new Thread(
            () -> {
              working.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                cleaned.set(true);
              } finally {
                interruption.get().finished();
              }
            });
    interruption.set(new Interruption(command, Duration.ofSeconds(10)));
    command.start();
    assertThat(working.await(5, TimeUnit.SECONDS)).isTrue();
    interruption.get().request();
    assertThat(cleaned).isTrue();
    assertThat(interruption.get().isRequested()).isTrue();
  }

  @Test
  void waitsNoLongerThanItsPatience() {
    Interruption interruption = new Interruption(new Thread(), Duration.ofMillis(20));
    interruption.request();
    assertThat(interruption.isRequested()).isTrue();
  }

  @Test
  void leavesAFinishedCommandAlone() {
    Interruption interruption = new Interruption(Thread.currentThread(), Duration.ofSeconds(10));
    interruption.finished();
    interruption.request();
    assertThat(Thread.interrupted()).isFalse();
    assertThat(interruption.isRequested()).isFalse();
  }
}
