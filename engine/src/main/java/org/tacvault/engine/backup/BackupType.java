package org.tacvault.engine.backup;

import java.util.Locale;

/** Why a backup is made; part of its name and place. */
public enum BackupType {
  MANUAL,
  SCHEDULED,
  STARTUP,
  /** The safety copy before a restore. */
  EMERGENCY;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
