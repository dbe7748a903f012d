package org.tacvault.engine.restore;

import java.util.Locale;

/** What the TACACS+ server is stopped or started for; commands find it in their environment. */
public enum ServerOperation {
  /** New content goes live. */
  RESTORE,
  /** What was live before the last restore goes live again. */
  UNDO,
  /** It failed, or was not kept: the old content is put back. */
  ROLLBACK,
  /** It was killed: the old content has been put back. */
  RECOVERY;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
