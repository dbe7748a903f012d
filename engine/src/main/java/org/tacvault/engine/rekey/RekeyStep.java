package org.tacvault.engine.rekey;

import java.util.Locale;

/** What is done with each archive, in this order. */
public enum RekeyStep {
  FETCH,
  ENCRYPT,
  /** Decrypt the new archive and compare it with what was in the old one. */
  PROVE,
  UPLOAD,
  /** Compare what the destination has with what it was given. */
  READ_BACK,
  /** Let catalog rows and pins follow. */
  RECORD,
  REMOVE_OLD;

  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
