package org.tacvault.engine.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * Which of the archives of one instance to keep. A policy decides purely and knows no floors;
 * {@link RetentionPlanner} lays those over it. Applying a policy again to what it kept, at the same
 * time, deletes nothing more.
 */
public sealed interface RetentionPolicy permits SimplePolicy, GfsPolicy, HanoiPolicy {
  /** simple, gfs or hanoi. */
  String strategy();

  /** What it keeps, for people, as the rest of a sentence: "all backups of the last 30 days". */
  String describe();

  /** The keys of the strategy as they are stored, with defaults filled in. */
  Map<String, Object> toConfig();

  /** One decision for each of {@code newestFirst}, in that order. */
  List<Decision> decide(List<StoredArchive> newestFirst, Instant now);

  /**
   * Reads the Python server's form: {@code simple} with keep_count (wins) or keep_days, {@code gfs}
   * with keep_daily, keep_weekly, keep_monthly and keep_yearly (7, 4, 12 and 3 when absent), {@code
   * hanoi} without any. A key of another strategy is checked but has no effect, an unknown one is
   * {@code INVALID_INPUT}, and so is a number outside its bounds.
   */
  static RetentionPolicy parse(String strategy, Map<String, ?> config) {
    KeepNumbers numbers = KeepNumbers.read(config);
    return switch (strategy) {
      case SimplePolicy.STRATEGY -> SimplePolicy.of(numbers);
      case GfsPolicy.STRATEGY -> GfsPolicy.of(numbers);
      case HanoiPolicy.STRATEGY -> new HanoiPolicy();
      default ->
          throw new EngineException(
                  ErrorKind.INVALID_INPUT,
                  "set retention",
                  "strategy",
                  "'" + strategy + "' is not a valid RetentionStrategy")
              .withHint("one of: simple, gfs, hanoi");
    };
  }

  /** {@code simple}: everything younger than {@code days}. */
  static RetentionPolicy keepDays(int days) {
    return parse(SimplePolicy.STRATEGY, Map.of(KeepNumbers.DAYS, days));
  }

  /** {@code simple}: the newest {@code count}. */
  static RetentionPolicy keepCount(int count) {
    return parse(SimplePolicy.STRATEGY, Map.of(KeepNumbers.COUNT, count));
  }
}
