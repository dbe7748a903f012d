package org.tacvault.engine.retention;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The keep_… numbers of a stored retention rule, each within its bounds. */
record KeepNumbers(Map<String, Integer> numbers) {
  static final String DAYS = "keep_days";
  static final String COUNT = "keep_count";
  static final String DAILY = "keep_daily";
  static final String WEEKLY = "keep_weekly";
  static final String MONTHLY = "keep_monthly";
  static final String YEARLY = "keep_yearly";

  // Ten years of days, weeks and months; a century of years.
  private static final Map<String, Bounds> BOUNDS =
      new TreeMap<>(
          Map.of(
              DAYS, new Bounds(1, 3_650),
              COUNT, new Bounds(1, 10_000),
              DAILY, new Bounds(0, 3_650),
              WEEKLY, new Bounds(0, 520),
              MONTHLY, new Bounds(0, 120),
              YEARLY, new Bounds(0, 100)));

  private record Bounds(int min, int max) {}

  static KeepNumbers read(Map<String, ?> config) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    config.forEach(
        (key, value) -> {
          if (!BOUNDS.containsKey(key)) {
            throw invalid(key, "Unknown retention key: " + key);
          }
          if (value != null) {
            numbers.put(key, checked(key, value));
          }
        });
    return new KeepNumbers(numbers);
  }

  OptionalInt get(String key) {
    @Nullable Integer number = numbers.get(key);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  int get(String key, int absent) {
    return numbers.getOrDefault(key, absent);
  }

  static EngineException invalid(String key, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "set retention", key, reason)
        .withHint("allowed are: " + allowed());
  }

  private static int checked(String key, Object value) {
    Bounds bounds = BOUNDS.get(key);
    boolean whole = value instanceof Integer || value instanceof Long;
    long number = whole ? ((Number) value).longValue() : Long.MIN_VALUE;
    if (number < bounds.min() || number > bounds.max()) {
      throw invalid(
          key,
          "%s must be a whole number from %d to %d, not %s"
              .formatted(key, bounds.min(), bounds.max(), value));
    }
    return (int) number;
  }

  private static String allowed() {
    StringBuilder text = new StringBuilder();
    BOUNDS.forEach(
        (key, bounds) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append("%s (%d to %d)".formatted(key, bounds.min(), bounds.max())));
    return text.toString();
  }
}
