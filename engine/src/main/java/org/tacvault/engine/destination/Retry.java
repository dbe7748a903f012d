package org.tacvault.engine.destination;

import java.time.Duration;
import org.tacvault.engine.error.EngineException;

/**
 * One failure that is tried again.
 *
 * @param operation a verb phrase, lower case: "store archive"
 * @param subject what it is about, for example the path of an archive
 * @param attempt which attempt failed, from 1
 * @param pause until the next attempt
 * @param cause why it failed
 */
public record Retry(
    String operation, String subject, int attempt, Duration pause, EngineException cause) {
  /** For people, for example {@code store archive fra1/…: tried again after 1.1 s: timed out}. */
  public String text() {
    double seconds = pause.toMillis() / 1000.0;
    return "%s %s: tried again after %s s: %s"
        .formatted(operation, subject, Math.round(seconds * 10) / 10.0, cause.reason());
  }
}
