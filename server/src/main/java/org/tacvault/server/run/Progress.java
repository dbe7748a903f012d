package org.tacvault.server.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param stage lower case, for example {@code snapshot}
 * @param subject what the stage works on, if it says so: a member or a path
 * @param doneBytes of the stage, as all that follows
 * @param totalBytes null when nobody knows
 * @param percent 0 to 100; null without a total
 * @param bytesPerSecond mean of the stage; null before anything was done
 * @param etaSeconds until the stage ends; null when nobody knows
 */
public record Progress(
    String stage,
    @Nullable String subject,
    long doneBytes,
    @Nullable Long totalBytes,
    @Nullable Integer percent,
    @Nullable Long bytesPerSecond,
    @Nullable Long etaSeconds) {
  private static final int ALL = 100;
  private static final long MILLIS = 1_000;

  /** Of a stage that has run for {@code elapsed}; a total of 0 is unknown. */
  static Progress of(
      String stage, @Nullable String subject, long done, long total, Duration elapsed) {
    boolean known = total > 0;
    Long rate = done > 0 && elapsed.toMillis() > 0 ? done * MILLIS / elapsed.toMillis() : null;
    return new Progress(
        stage,
        subject,
        done,
        known ? total : null,
        known ? (int) Math.min(ALL, done * ALL / total) : null,
        rate,
        known && rate != null && rate > 0 ? Math.max(0, total - done) / rate : null);
  }
}
