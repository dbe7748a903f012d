package org.tacvault.engine.archive;

import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The failures of reading an archive that is not what it should be. */
final class ArchiveDamage {
  static final String OPERATION = "read archive";

  private static final String HINT =
      "the archive is damaged or was changed: use another backup, or fetch this one again";

  private ArchiveDamage() {}

  /** {@code subject} is the member, where it is known. */
  static EngineException in(String subject, String reason) {
    return new EngineException(ErrorKind.VERIFICATION_FAILED, OPERATION, subject, reason)
        .withHint(HINT);
  }

  static EngineException of(String reason) {
    return in("archive", reason);
  }

  static EngineException truncated() {
    return of("it is truncated: the data ends too early");
  }
}
