package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;

/**
 * Tries again what failed as {@code UNREACHABLE}, which may pass; every other failure stays and is
 * thrown at once. An interrupted thread stops waiting and fails as {@code INTERRUPTED}. Safe for
 * use by several threads.
 */
public final class Retries {
  /** Tries everything once. */
  public static final Retries NONE =
      new Retries(new RetryPolicy(0, Duration.ZERO), RetryListener.NONE);

  private final RetryPolicy policy;
  private final RetryListener listener;
  private final Pause pause;
  private final RandomGenerator random;

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void last(Duration wait) throws InterruptedException;
  }

  /** Waits by sleeping. */
  public Retries(RetryPolicy policy, RetryListener listener) {
    this(
        policy,
        listener,
        wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()),
        RandomGenerator.getDefault());
  }

  /**
   * @param random for the jitter
   */
  public Retries(RetryPolicy policy, RetryListener listener, Pause pause, RandomGenerator random) {
    this.policy = policy;
    this.listener = listener;
    this.pause = pause;
    this.random = random;
  }

  /** What one attempt does. */
  @FunctionalInterface
  public interface Attempt<T> {
    /**
     * @param number of the attempt, from 1
     */
    T run(int number);
  }

  /**
   * The result of {@code action}, tried as often as the policy says; the last failure when all
   * attempts failed.
   *
   * @param operation a verb phrase, lower case: "store archive"
   */
  public <T> T call(String operation, Object subject, Supplier<T> action) {
    return attempt(operation, subject, number -> action.get());
  }

  /** {@link #call(String, Object, Supplier)} without a result. */
  public void run(String operation, Object subject, Runnable action) {
    attempt(
        operation,
        subject,
        number -> {
          action.run();
          return true;
        });
  }

  /** {@link #call} for an action that does something else when it is tried again. */
  public <T> T attempt(String operation, Object subject, Attempt<T> action) {
    for (int number = 1; ; number++) {
      try {
        return action.run(number);
      } catch (EngineException e) {
        waitAfter(number, operation, subject, e);
      }
    }
  }

  static boolean mayPass(EngineException failure) {
    return failure.kind() == ErrorKind.UNREACHABLE;
  }

  /**
   * Waits until the next attempt; throws {@code failure} when there is none: it stays, or was the
   * last one allowed.
   *
   * @param attempt that failed, from 1
   */
  void waitAfter(int attempt, String operation, Object subject, EngineException failure) {
    if (!mayPass(failure)) {
      throw failure;
    }
    // A connection that breaks because its thread is stopped looks like any other.
    Interruption.check(operation, subject);
    if (attempt > policy.retries()) {
      throw failure;
    }
    Duration wait = policy.waitAfter(attempt, random);
    listener.retrying(new Retry(operation, String.valueOf(subject), attempt, wait, failure));
    try {
      pause.last(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Interruption.check(operation, subject);
    }
  }
}
