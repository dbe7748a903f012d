package org.tacvault.engine.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class RetriesTest {
  private static final RandomGenerator MIDDLE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 1L << 63;
        }

        @Override
        public double nextDouble() {
          return 0.5;
        }
      };

  private final List<Duration> waits = new ArrayList<>();
  private final List<Retry> heard = new ArrayList<>();
  private final Retries retries = retries(RetryPolicy.DEFAULT);

  @AfterEach
  void forgetInterruption() {
    Thread.interrupted();
  }

  @Test
  void whatSucceedsIsDoneOnce() {
    assertThat(retries.call("store archive", "a", () -> "stored")).isEqualTo("stored");
    assertThat(waits).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void whatMayPassIsTriedAgainAfterLongerAndLongerWaits() {
    String result =
        retries.attempt("store archive", "a", number -> number < 3 ? unreachable() : "n" + number);
    assertThat(result).isEqualTo("n3");
    assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void everyRetryIsHeardBeforeItsWait() {
    retries.attempt("store archive", "a", number -> number < 2 ? unreachable() : "done");
    assertThat(heard)
        .singleElement()
        .satisfies(
            retry -> {
              assertThat(retry.operation()).isEqualTo("store archive");
              assertThat(retry.subject()).isEqualTo("a");
              assertThat(retry.attempt()).isEqualTo(1);
              assertThat(retry.pause()).isEqualTo(Duration.ofSeconds(1));
              assertThat(retry.cause().reason()).isEqualTo("no answer");
              assertThat(retry.text())
                  .isEqualTo("store archive a: tried again after 1.0 s: no answer");
            });
  }

  @Test
  void theLastFailureIsThrownWhenAllAttemptsFailed() {
    List<EngineException> failures = new ArrayList<>();
    assertThatThrownBy(
            () ->
                retries.run(
                    "delete archive",
                    "a",
                    () -> {
                      failures.add(failure(ErrorKind.UNREACHABLE));
                      throw failures.get(failures.size() - 1);
                    }))
        .isSameAs(failures.get(2));
    assertThat(failures).hasSize(3);
    assertThat(waits).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = "UNREACHABLE", mode = EnumSource.Mode.EXCLUDE)
  void whatStaysIsThrownAtOnce(ErrorKind kind) {
    EngineException failure = failure(kind);
    assertThatThrownBy(
            () ->
                retries.run(
                    "list archives",
                    "a",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(heard).isEmpty();
  }

  @Test
  void anInterruptedThreadIsNotMadeToWait() {
    Thread.currentThread().interrupt();
    assertInterrupted(retries);
    assertThat(waits).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void interruptionEndsTheWait() {
    Retries stopped =
        new Retries(
            RetryPolicy.DEFAULT,
            heard::add,
            wait -> {
              throw new InterruptedException();
            },
            MIDDLE);
    assertInterrupted(stopped);
    assertThat(heard).hasSize(1);
  }

  @Test
  void anotherPolicyWaitsOtherwise() {
    Retries patient = retries(new RetryPolicy(4, Duration.ofMillis(10)));
    patient.attempt("list archives", "a", number -> number < 5 ? unreachable() : "done");
    assertThat(waits).extracting(Duration::toMillis).containsExactly(10L, 20L, 40L, 80L);
  }

  @Test
  void waitsDifferByAQuarterAtMost() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    List<Duration> some = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      some.add(RetryPolicy.DEFAULT.waitAfter(2, random));
    }
    assertThat(some).allMatch(wait -> wait.toMillis() >= 1500 && wait.toMillis() <= 2500);
    assertThat(some).anyMatch(wait -> wait.toMillis() < 1700);
    assertThat(some).anyMatch(wait -> wait.toMillis() > 2300);
  }

  @Test
  void noneTriesOnce() {
    assertThatThrownBy(() -> Retries.NONE.call("list archives", "a", RetriesTest::unreachable))
        .hasMessageContaining("no answer");
  }

  private void assertInterrupted(Retries stopped) {
    assertThatThrownBy(() -> stopped.call("list archives", "a", RetriesTest::unreachable))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  private Retries retries(RetryPolicy policy) {
    return new Retries(policy, heard::add, waits::add, MIDDLE);
  }

  private static String unreachable() {
    throw failure(ErrorKind.UNREACHABLE);
  }

  private static EngineException failure(ErrorKind kind) {
    return new EngineException(kind, "talk to", "a host", "no answer");
  }
}
