package org.tacvault.engine.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tacvault.engine.destination.StoredArchive;

/**
 * The newest so many, or else all that are younger than so many times 24 hours, or else all.
 *
 * @param keepCount wins over the days
 */
record SimplePolicy(OptionalInt keepCount, OptionalInt keepDays) implements RetentionPolicy {
  static final String STRATEGY = "simple";

  static SimplePolicy of(KeepNumbers numbers) {
    return new SimplePolicy(numbers.get(KeepNumbers.COUNT), numbers.get(KeepNumbers.DAYS));
  }

  @Override
  public String strategy() {
    return STRATEGY;
  }

  @Override
  public String describe() {
    if (keepCount.isPresent()) {
      int count = keepCount.getAsInt();
      return count == 1 ? "the newest backup" : "the newest " + count + " backups";
    }
    if (keepDays.isPresent()) {
      int days = keepDays.getAsInt();
      return "all backups of the last " + (days == 1 ? "day" : days + " days");
    }
    return "all backups";
  }

  @Override
  public Map<String, Object> toConfig() {
    if (keepCount.isPresent()) {
      return Map.of(KeepNumbers.COUNT, keepCount.getAsInt());
    }
    return keepDays.isPresent() ? Map.of(KeepNumbers.DAYS, keepDays.getAsInt()) : Map.of();
  }

  @Override
  public List<Decision> decide(List<StoredArchive> newestFirst, Instant now) {
    List<Decision> decisions = new ArrayList<>();
    for (StoredArchive archive : newestFirst) {
      decisions.add(decide(archive, decisions.size(), now));
    }
    return decisions;
  }

  private Decision decide(StoredArchive archive, int newer, Instant now) {
    if (keepCount.isPresent()) {
      int count = keepCount.getAsInt();
      return newer < count
          ? Decision.keep(archive, "among the newest " + count)
          : Decision.delete(archive, "not among the newest " + count);
    }
    if (keepDays.isPresent()) {
      int days = keepDays.getAsInt();
      return archive.takenAt().isBefore(now.minus(Duration.ofDays(days)))
          ? Decision.delete(archive, "older than " + days + " days")
          : Decision.keep(archive, "not older than " + days + " days");
    }
    return Decision.keep(archive, "no limit is set");
  }
}
