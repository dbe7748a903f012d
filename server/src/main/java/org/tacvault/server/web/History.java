package org.tacvault.server.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;

/**
 * The last 30 days of a destination, oldest first, by days in UTC.
 *
 * @param destination its name
 */
public record History(String destination, List<Day> days) {
  /** How many days are shown. */
  static final int DAYS = 30;

  /**
   * One day.
   *
   * @param look good, warn, bad, run or idle
   */
  public record Day(LocalDate date, String look, String glyph, String words) {}

  static History of(String destination, List<Execution> backups, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<Day> days = new ArrayList<>();
    for (int ago = DAYS - 1; ago >= 0; ago--) {
      LocalDate date = today.minusDays(ago);
      days.add(day(date, backups.stream().filter(each -> isOn(each, date)).toList()));
    }
    return new History(destination, List.copyOf(days));
  }

  private static Day day(LocalDate date, List<Execution> backups) {
    if (backups.isEmpty()) {
      return new Day(date, "idle", "·", "no backup");
    }
    long good = count(backups, ExecutionStatus.COMPLETED);
    long failed = count(backups, ExecutionStatus.FAILED);
    String words = good + " good" + (failed == 0 ? "" : ", " + failed + " failed");
    if (failed > 0) {
      return new Day(date, good > 0 ? "warn" : "bad", good > 0 ? "!" : "✕", words);
    }
    if (count(backups, ExecutionStatus.RUNNING) > 0) {
      return new Day(date, "run", "●", words + ", one running");
    }
    return good > 0 ? new Day(date, "good", "✓", words) : new Day(date, "idle", "–", "cancelled");
  }

  private static long count(List<Execution> backups, ExecutionStatus status) {
    return backups.stream().filter(each -> each.status() == status).count();
  }

  private static boolean isOn(Execution backup, LocalDate date) {
    return LocalDate.ofInstant(backup.startedAt(), ZoneOffset.UTC).equals(date);
  }
}
