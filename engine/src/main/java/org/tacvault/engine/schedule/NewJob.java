package org.tacvault.engine.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;

/**
 * A job to store.
 *
 * @param id unique; 1 to 100 characters that can stand in the path of an address
 * @param destinationId of the catalog; null for what is about all destinations
 * @param comment goes into its executions
 * @param retries how often a failed run is tried again; null takes what is configured
 * @param catchUp whether a missed run is made up for; null takes what is configured
 */
public record NewJob(
    String id,
    JobTask task,
    Schedule schedule,
    @Nullable String destinationId,
    @Nullable String comment,
    @Nullable Integer retries,
    @Nullable Boolean catchUp,
    String createdBy,
    Instant createdAt) {
  private static final int MAX_ID_LENGTH = 100;
  private static final int MAX_COMMENT_LENGTH = 4096;
  private static final int MAX_RETRIES = 20;

  public NewJob {
    requireId(id);
    if (comment != null && comment.length() > MAX_COMMENT_LENGTH) {
      throw invalid("comment", "it is longer than %d characters".formatted(MAX_COMMENT_LENGTH));
    }
    if (retries != null && (retries < 0 || retries > MAX_RETRIES)) {
      throw invalid("retries " + retries, "it must be 0 to " + MAX_RETRIES);
    }
    if ((task == JobTask.BACKUP) != (destinationId != null)) {
      throw new IllegalArgumentException(task + " with destination " + destinationId);
    }
  }

  /** A backup to one destination, with everything else as it is configured. */
  public static NewJob backup(
      String id, Schedule schedule, String destinationId, String createdBy, Instant createdAt) {
    return new NewJob(
        id, JobTask.BACKUP, schedule, destinationId, null, null, null, createdBy, createdAt);
  }

  private static void requireId(String id) {
    boolean fits =
        !id.isBlank()
            && id.length() <= MAX_ID_LENGTH
            && id.equals(id.strip())
            && !id.equals(".")
            && !id.equals("..")
            && id.chars().noneMatch(c -> c == '/' || c == '\\' || c == ';' || c == '%')
            && id.equals(Printable.of(id));
    if (!fits) {
      throw invalid("job name '" + Printable.of(id) + "'", "not a valid name")
          .withHint(
              "1 to 100 characters, not blank at its ends, without control characters and / \\ ; %");
    }
  }

  private static EngineException invalid(String subject, String reason) {
    return new EngineException(ErrorKind.INVALID_INPUT, "schedule", subject, reason);
  }
}
