package org.tacvault.engine.schedule;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;

/** Time zones by the names that people use. */
final class TimeZones {
  private TimeZones() {}

  static String name(ZoneId zone) {
    return zone.getId().equals("Z") ? "UTC" : zone.getId();
  }

  static ZoneId parse(String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "read schedule",
              "time zone '" + Printable.of(name) + "'",
              "no such time zone")
          .withCause(e)
          .withHint("UTC, or a name of the time zone database, for example Europe/Berlin");
    }
  }
}
