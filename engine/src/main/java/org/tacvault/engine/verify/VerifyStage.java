package org.tacvault.engine.verify;

import java.util.Locale;

/** The stages of opening an archive, in their order. */
public enum VerifyStage {
  /** Bringing a stored archive to this machine. */
  FETCH,
  /** Decrypting, decompressing, unpacking, checksums. */
  EXTRACT,
  /** Integrity and record counts of the databases. */
  CHECK;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
