package org.tacvault.server.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A few attempts for each address, then one each {@code refill}. Remembers the most recent 10,000
 * addresses.
 */
final class Throttle {
  private static final int MOST_ADDRESSES = 10_000;
  private static final float LOAD = 0.75f;

  private final int attempts;
  private final Duration refill;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  Throttle(int attempts, Duration refill, InstantSource clock) {
    this.attempts = attempts;
    this.refill = refill;
    this.time = new Meter(clock);
  }

  /** Takes one attempt; how long to wait when none is left. */
  Optional<Duration> take(String address) {
    ConsumptionProbe probe = bucket(address).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** The attempt was a good one: all that it cost before is forgiven. */
  synchronized void forgive(String address) {
    buckets.remove(address);
  }

  /** Whether this address has used up an attempt that it has not got back yet. */
  synchronized boolean isKnown(String address) {
    Bucket bucket = buckets.get(address);
    return bucket != null && bucket.getAvailableTokens() < attempts;
  }

  private synchronized Bucket bucket(String address) {
    return buckets.computeIfAbsent(
        address,
        unknown ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(1, refill))
                .withCustomTimePrecision(time)
                .build());
  }

  private record Meter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
