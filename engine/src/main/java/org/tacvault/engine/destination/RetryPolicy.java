package org.tacvault.engine.destination;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often something is tried again, and after which waits: each is twice as long as the one
 * before, give or take a quarter, so that several who failed together do not come back together.
 *
 * @param retries after the first attempt; 0 means never
 * @param firstWait before the first retry
 */
public record RetryPolicy(int retries, Duration firstWait) {
  /** Two retries, after one second and after two. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(2, Duration.ofSeconds(1));

  private static final int MAX_RETRIES = 10;
  private static final double JITTER = 0.25;

  public RetryPolicy {
    if (retries < 0 || retries > MAX_RETRIES) {
      throw new IllegalArgumentException("0 to " + MAX_RETRIES + " retries, not " + retries);
    }
    if (firstWait.isNegative()) {
      throw new IllegalArgumentException("a wait is not negative: " + firstWait);
    }
  }

  /** How long to wait after {@code attempt}, from 1, has failed. */
  Duration waitAfter(int attempt, RandomGenerator random) {
    double factor = (1L << (attempt - 1)) * (1 - JITTER + 2 * JITTER * random.nextDouble());
    return Duration.ofNanos(Math.round(firstWait.toNanos() * factor));
  }
}
