package org.tacvault.engine.backup;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * One backup to make.
 *
 * @param triggeredBy who or what, for example {@code manual:root} or {@code scheduler:nightly}
 * @param comment kept in the catalog and the manifest
 */
public record BackupRequest(
    BackupTarget target,
    BackupType type,
    String triggeredBy,
    @Nullable String comment,
    BackupListener listener) {
  private static final int MAX_COMMENT_LENGTH = 4096;

  public BackupRequest {
    if (comment != null && comment.length() > MAX_COMMENT_LENGTH) {
      throw new EngineException(
              ErrorKind.INVALID_INPUT,
              "back up",
              "comment",
              "it is longer than " + MAX_COMMENT_LENGTH + " characters")
          .withHint("give a shorter comment");
    }
  }
}
