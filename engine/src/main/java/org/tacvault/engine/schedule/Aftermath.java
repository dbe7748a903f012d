package org.tacvault.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** Decides when a job runs again. */
final class Aftermath {
  /** How soon a job that found somebody else at work tries again. */
  static final Duration WAIT = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** What trying again does not help; it needs a person. */
  private static final Set<ErrorKind> PERMANENT =
      Set.of(
          ErrorKind.INVALID_INPUT,
          ErrorKind.INVALID_CONFIG,
          ErrorKind.NOT_FOUND,
          ErrorKind.REFUSED,
          ErrorKind.WRONG_KEY,
          ErrorKind.INTERRUPTED);

  private Aftermath() {}

  /**
   * When a job runs next; empty when it does not by itself.
   *
   * @param planned when the run that has ended was due
   * @param failure what it ended with; null when it went well
   * @param attempt how many retries there have been since its regular time
   * @param retries how many there may be
   */
  static Optional<Instant> next(
      Job job,
      Instant planned,
      Instant now,
      @Nullable Throwable failure,
      int attempt,
      int retries) {
    Optional<Instant> regular = job.nextAfter(planned, now);
    if (isBusy(failure)) {
      return regular.map(next -> earlier(now.plus(WAIT), next));
    }
    return isRetried(failure, attempt, retries)
        ? regular.map(next -> earlier(now.plus(pause(attempt)), next))
        : regular;
  }

  /** Whether another try may help, and is allowed. */
  static boolean isRetried(@Nullable Throwable failure, int attempt, int retries) {
    boolean permanent =
        failure instanceof EngineException known && PERMANENT.contains(known.kind());
    return failure != null && !permanent && attempt < retries;
  }

  static boolean isBusy(@Nullable Throwable failure) {
    return failure instanceof EngineException known && known.kind() == ErrorKind.BUSY;
  }

  private static Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
