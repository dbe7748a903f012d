package org.tacvault.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * By the clock on the wall. Where that clock jumps forward, a run whose time is skipped happens
 * once, right after the jump; where it goes back, a run whose time comes twice happens the first
 * time only. A schedule for all hours of the day follows elapsed time instead: it leaves out what
 * does not exist and runs in both of the hours that have one name.
 */
record CronSchedule(CronExpression expression, ZoneId timeZone) implements Schedule {
  static final String TYPE = "cron";

  static CronSchedule parse(String value, ZoneId zone) {
    CronExpression expression = CronExpression.parse(value);
    return new CronSchedule(expression, zone);
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String value() {
    return expression.text();
  }

  @Override
  public String words() {
    return CronWords.of(expression, timeZone);
  }

  @Override
  public Optional<Instant> next(Instant last, Instant now) {
    return expression.runsInAllHours() ? byElapsedTime(now) : byWallClock(now);
  }

  private Optional<Instant> byWallClock(Instant now) {
    Optional<LocalDateTime> wall = expression.next(LocalDateTime.ofInstant(now, timeZone));
    while (wall.isPresent()) {
      Instant instant = firstInstantOf(wall.get());
      if (instant.isAfter(now)) {
        return Optional.of(instant);
      }
      wall = expression.next(wall.get());
    }
    return Optional.empty();
  }

  private Instant firstInstantOf(LocalDateTime wall) {
    List<ZoneOffset> offsets = timeZone.getRules().getValidOffsets(wall);
    return offsets.isEmpty()
        ? timeZone.getRules().getTransition(wall).getInstant()
        : wall.toInstant(offsets.get(0));
  }

  private Optional<Instant> byElapsedTime(Instant now) {
    ZoneRules rules = timeZone.getRules();
    LocalDateTime from = LocalDateTime.ofInstant(now, timeZone);
    ZoneOffset offset = rules.getOffset(now);
    ZoneOffsetTransition change = rules.nextTransition(now);
    while (true) {
      Optional<LocalDateTime> wall = expression.next(from);
      if (wall.isEmpty()) {
        return Optional.empty();
      }
      Instant instant = wall.get().toInstant(offset);
      if (change == null || instant.isBefore(change.getInstant())) {
        return Optional.of(instant);
      }
      // Go on with the new offset; the first minute after the change may be one of ours.
      from = change.getDateTimeAfter().minusNanos(1);
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
    }
  }
}
