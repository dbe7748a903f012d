package org.tacvault.engine.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Never by itself. */
record ManualSchedule() implements Schedule {
  static final String TYPE = "manual";
  static final ManualSchedule INSTANCE = new ManualSchedule();

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String value() {
    return "";
  }

  @Override
  public ZoneId timeZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public String words() {
    return "only when somebody starts it";
  }

  @Override
  public Optional<Instant> next(Instant last, Instant now) {
    return Optional.empty();
  }
}
