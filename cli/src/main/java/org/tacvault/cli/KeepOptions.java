package org.tacvault.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The numbers of a retention rule. */
final class KeepOptions {
  @Option(names = "--keep-days", paramLabel = "N", description = "simple: keep backups for N days.")
  private @Nullable Integer days;

  @Option(
      names = "--keep-count",
      paramLabel = "N",
      description = "simple: keep the newest N backups.")
  private @Nullable Integer count;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "gfs: keep all backups of the last N days (default: 7).")
  private @Nullable Integer daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "gfs: then one a week for N weeks (default: 4).")
  private @Nullable Integer weekly;

  @Option(
      names = "--keep-monthly",
      paramLabel = "N",
      description = "gfs: then one a month for N months (default: 12).")
  private @Nullable Integer monthly;

  @Option(
      names = "--keep-yearly",
      paramLabel = "N",
      description = "gfs: then one a year for N years (default: 3).")
  private @Nullable Integer yearly;

  Optional<Integer> days() {
    return Optional.ofNullable(days);
  }

  /** Those that were given, by their stored names. */
  Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    put(numbers, "keep_days", days);
    put(numbers, "keep_count", count);
    put(numbers, "keep_daily", daily);
    put(numbers, "keep_weekly", weekly);
    put(numbers, "keep_monthly", monthly);
    put(numbers, "keep_yearly", yearly);
    return numbers;
  }

  private static void put(Map<String, Integer> numbers, String key, @Nullable Integer number) {
    if (number != null) {
      numbers.put(key, number);
    }
  }
}
