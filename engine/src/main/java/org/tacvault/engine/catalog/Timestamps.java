package org.tacvault.engine.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * ISO-8601 in UTC with microseconds and {@code +00:00}, as Python's {@code isoformat} writes it; as
 * text they sort by time.
 */
public final class Timestamps {
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** {@code time} as text, cut to microseconds. */
  public static String format(Instant time) {
    return WRITTEN.format(time.truncatedTo(ChronoUnit.MICROS));
  }

  /** Also without microseconds, with a blank for the T, with another offset, or (UTC) without. */
  public static Instant parse(String text) {
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return parsed instanceof OffsetDateTime known
          ? known.toInstant()
          : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new EngineException(
              ErrorKind.VERIFICATION_FAILED, "read time", "'" + text + "'", "not a timestamp")
          .withCause(e)
          .withHint(
              "the row was edited by hand or damaged; correct it, or move the file away:"
                  + " the archives are the truth");
    }
  }
}
