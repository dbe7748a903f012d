package org.tacvault.engine.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The manifest's time stamps: ISO 8601, UTC. */
final class IsoTime {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);
  // Python leaves the fraction out when it is zero, and the offset when its object has none.
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  private IsoTime() {}

  /** With microseconds and {@code +00:00}. */
  static String write(Instant time) {
    return WRITTEN.format(time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
  }

  static Optional<Instant> read(String text) {
    try {
      return Optional.of(READ.parse(text, OffsetDateTime::from).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
