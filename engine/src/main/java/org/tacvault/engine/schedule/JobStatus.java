package org.tacvault.engine.schedule;

import java.util.Locale;

/** Whether a job runs by itself. */
public enum JobStatus {
  SCHEDULED,
  PAUSED,
  /** Its schedule names no times. */
  MANUAL;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
