package org.tacvault.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class RunExecutorTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-29T01:00:00Z"));
  private final RunExecutor runs = new RunExecutor(now::get);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
    runs.destroy();
  }

  @Test
  void answersWithTheExecutionWhileItRunsAndLetsItsEndBeAwaited() {
    StartedRun<String> run = runs.start(progress -> waiting(progress, "e1"));
    assertThat(run.executionId()).isEqualTo("e1");
    assertThat(run.result()).isNotDone();
    mayEnd.countDown();
    assertThat(run.await()).isEqualTo("e1 done");
    assertThat(runs.progress("e1")).isEmpty();
    assertThat(runs.awaitIdle(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void aFailureBeforeTheExecutionBeganIsThrownToWhoeverAsked() {
    EngineException busy = new EngineException(ErrorKind.BUSY, "back up", "x", "taken");
    assertThatThrownBy(
            () ->
                runs.start(
                    progress -> {
                      throw busy;
                    }))
        .isSameAs(busy);
    assertThat(runs.awaitIdle(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void aFailureOfTheRunIsThrownToWhoeverAwaitsIt() {
    EngineException full = new EngineException(ErrorKind.NO_SPACE, "back up", "x", "full");
    StartedRun<String> run =
        runs.start(
            progress -> {
              progress.started("e1");
              throw full;
            });
    assertThatThrownBy(run::await).isSameAs(full);
  }

  @Test
  void progressTellsRateAndTheTimeThatIsLeft() {
    CountDownLatch reported = new CountDownLatch(1);
    runs.start(
        progress -> {
          progress.started("e1");
          progress.stage(BackupStage.ARCHIVE);
          now.set(now.get().plusSeconds(10));
          progress.progress(BackupStage.ARCHIVE, 250, 1_000);
          reported.countDown();
          await(mayEnd);
          return "";
        });
    await(reported);
    assertThat(runs.progress("e1"))
        .isEqualTo(Optional.of(new Progress("archive", null, 250, 1_000L, 25, 25L, 30L)));
  }

  @Test
  void cancelInterruptsTheRunAndNothingElseOnItsThread() throws Exception {
    StartedRun<String> run = runs.start(progress -> waiting(progress, "e1"));
    assertThat(runs.cancel("e1")).isTrue();
    assertThatThrownBy(run::await)
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    assertThat(runs.cancel("e1")).isFalse();
    StartedRun<Boolean> next =
        runs.start(
            progress -> {
              progress.started("e2");
              return Thread.currentThread().isInterrupted();
            });
    assertThat(next.await()).isFalse();
  }

  @Test
  void aRunInTheCallersThreadCanBeFollowedAndCancelledToo() throws Exception {
    AtomicReference<Throwable> ended = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread scheduler =
        new Thread(
            () -> {
              try {
                runs.run(
                    progress -> {
                      progress.started("e1");
                      begun.countDown();
                      return await(mayEnd);
                    });
              } catch (EngineException e) {
                ended.set(e);
              }
            });
    scheduler.start();
    await(begun);
    assertThat(runs.progress("e1")).isPresent();
    assertThat(runs.cancel("e1")).isTrue();
    scheduler.join(5_000);
    assertThat(ended.get()).isInstanceOf(EngineException.class);
  }

  @Test
  void theLogNamesTheExecutionWhileItRunsAndNotAfter() {
    List<String> named = new ArrayList<>();
    runs.run(
        progress -> {
          progress.started("e1");
          return named.add(MDC.get("execution_id"));
        });
    assertThat(named).containsExactly("e1");
    assertThat(MDC.get("execution_id")).isNull();
  }

  @Test
  void moreThanItCanRunIsRefusedAsBusy() {
    for (int i = 0; i < 8; i++) {
      String id = "e" + i;
      runs.start(progress -> waiting(progress, id));
    }
    assertThatThrownBy(() -> runs.start(progress -> waiting(progress, "one too many")))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BUSY));
    assertThat(runs.size()).isEqualTo(8);
  }

  @Test
  void stoppingCancelsWhatDoesNotEndInTime() {
    StartedRun<String> run = runs.start(progress -> waiting(progress, "e1"));
    runs.stop(Duration.ofMillis(200));
    runs.destroy();
    assertThat(run.result()).isCompletedExceptionally();
    assertThat(runs.size()).isZero();
  }

  @Test
  void stoppingLetsWhatRunsEndInTimeAndBeginsNothing() {
    StartedRun<String> run = runs.start(progress -> waiting(progress, "e1"));
    Thread stop = new Thread(() -> runs.stop(Duration.ofMinutes(1)));
    stop.start();
    Awaitility.await().until(() -> refuses(() -> runs.start(progress -> waiting(progress, "e2"))));
    assertThat(refuses(() -> runs.run(progress -> waiting(progress, "e3")))).isTrue();
    mayEnd.countDown();
    assertThat(run.await()).isEqualTo("e1 done");
    assertThat(runs.awaitIdle(Duration.ofSeconds(5))).isTrue();
  }

  private static boolean refuses(Runnable start) {
    try {
      start.run();
      return false;
    } catch (EngineException e) {
      assertThat(e).hasMessageContaining("the service is stopping");
      return true;
    }
  }

  private String waiting(RunProgress progress, String id) {
    progress.started(id);
    await(mayEnd);
    return id + " done";
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(ErrorKind.INTERRUPTED, "run", "x", "it was stopped");
    }
  }
}
