package org.tacvault.server.web;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.server.api.destination.DestinationRequests;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/**
 * A retention rule as a form shows and sends it.
 *
 * @param numbers by the names of the API, as they were typed
 */
record RuleForm(String strategy, Map<String, String> numbers) {
  private static final String PREFIX = "keep_";

  static RuleForm of(Map<String, String> sent) {
    Map<String, String> numbers = new TreeMap<>();
    sent.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !value.isBlank()) {
            numbers.put(name, value.strip());
          }
        });
    return new RuleForm(sent.getOrDefault("strategy", ""), numbers);
  }

  static RuleForm of(DestinationRecord row) {
    Map<String, String> numbers = new TreeMap<>();
    row.retentionConfig().forEach((name, value) -> numbers.put(name, String.valueOf(value)));
    if (numbers.isEmpty() && row.retentionStrategy().equals("simple")) {
      numbers.put("keep_days", String.valueOf(row.retentionDays()));
    }
    return new RuleForm(row.retentionStrategy(), numbers);
  }

  public String number(String name) {
    return numbers.getOrDefault(name, "");
  }

  /** What the API is asked for; only the numbers that the strategy knows. */
  DestinationRequests.Rule wish() {
    boolean isGfs = strategy.equals("gfs");
    boolean isSimple = strategy.equals("simple");
    return new DestinationRequests.Rule(
        strategy,
        isGfs ? parsed("keep_daily") : null,
        isGfs ? parsed("keep_weekly") : null,
        isGfs ? parsed("keep_monthly") : null,
        isGfs ? parsed("keep_yearly") : null,
        isSimple ? parsed("keep_count") : null,
        isSimple ? parsed("keep_days") : null);
  }

  private @Nullable Integer parsed(String name) {
    String text = number(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,6}")) {
      throw new ViolationException(
          Violation.invalid("body", name, "a whole number is needed", text));
    }
    return Integer.valueOf(text);
  }
}
