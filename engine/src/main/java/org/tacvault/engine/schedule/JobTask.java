package org.tacvault.engine.schedule;

import java.util.Locale;

/** What a job does. */
public enum JobTask {
  /** A backup to its destination. */
  BACKUP,
  /** Retention at all enabled destinations. */
  RETENTION;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
