package org.tacvault.engine.backup;

import java.util.Locale;

/** The stages of a backup, in their order. */
public enum BackupStage {
  /** Room and reachability. */
  PREFLIGHT,
  SNAPSHOT,
  /** Manifest, tar, compression and encryption, in one pass. */
  ARCHIVE,
  UPLOAD,
  /** Reading back what the destination has. */
  VERIFY,
  RETENTION;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
