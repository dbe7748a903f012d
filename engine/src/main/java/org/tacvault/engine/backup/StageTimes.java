package org.tacvault.engine.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures how long each stage of an execution takes. */
public final class StageTimes {
  private final InstantSource clock;
  private final Map<String, Duration> times = new LinkedHashMap<>();
  private @Nullable String current;
  private Instant since;

  public StageTimes(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Ends the present stage and begins {@code stage}. */
  public void begin(String stage) {
    end();
    current = stage;
  }

  /** Ends the present stage; returns all times in the order of the stages. */
  public Map<String, Duration> end() {
    Instant now = clock.instant();
    if (current != null) {
      times.merge(current, Duration.between(since, now), Duration::plus);
    }
    current = null;
    since = now;
    return new LinkedHashMap<>(times);
  }
}
