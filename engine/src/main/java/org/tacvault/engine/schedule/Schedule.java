package org.tacvault.engine.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** When a job runs: {@code cron}, {@code interval} or, by nobody but a person, {@code manual}. */
public sealed interface Schedule permits CronSchedule, IntervalSchedule, ManualSchedule {
  /** {@code cron}, {@code interval} or {@code manual}. */
  String type();

  /** As {@link #parse} takes it; empty for {@code manual}. */
  String value();

  /** Where its clock hangs. */
  ZoneId timeZone();

  /** The name of {@link #timeZone}, for example {@code UTC} or {@code Europe/Berlin}. */
  default String zoneName() {
    return TimeZones.name(timeZone());
  }

  /** For people: {@code every day at 04:00 UTC}. */
  String words();

  /**
   * The first run after {@code now}; empty when it never runs by itself.
   *
   * @param last when it ran, or should have run, last; what an interval counts from
   */
  Optional<Instant> next(Instant last, Instant now);

  /** The first {@code count} runs of a job that is made at {@code from}. */
  default List<Instant> preview(int count, Instant from) {
    List<Instant> runs = new ArrayList<>();
    Optional<Instant> next = next(from, from);
    while (next.isPresent() && runs.size() < count) {
      Instant run = next.get();
      runs.add(run);
      next = next(run, run);
    }
    return runs;
  }

  /**
   * Reads a schedule.
   *
   * @param value five fields for {@code cron}, {@code unit:value} for {@code interval}, anything
   *     for {@code manual}
   * @throws EngineException {@code INVALID_INPUT}; its hint says where it is wrong and what is
   *     allowed
   */
  static Schedule parse(String type, String value, ZoneId zone) {
    return switch (type) {
      case CronSchedule.TYPE -> CronSchedule.parse(value, zone);
      case IntervalSchedule.TYPE -> IntervalSchedule.parse(value);
      case ManualSchedule.TYPE -> ManualSchedule.INSTANCE;
      default -> throw unknown(type);
    };
  }

  /** The time zone of that name, for example {@code Europe/Berlin}; {@code INVALID_INPUT}. */
  static ZoneId zone(String name) {
    return TimeZones.parse(name);
  }

  private static EngineException unknown(String type) {
    return new EngineException(
            ErrorKind.INVALID_INPUT,
            "read schedule",
            "type '" + type + "'",
            "schedule_type must be 'cron' or 'interval'")
        .withHint("or 'manual', for a job that only a person starts");
  }
}
