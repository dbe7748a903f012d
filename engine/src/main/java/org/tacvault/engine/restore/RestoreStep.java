package org.tacvault.engine.restore;

/** The moments of a restore that a listener hears of, in their order. */
public enum RestoreStep {
  FETCH,
  EXTRACT,
  CHECK,
  PLAN,
  EMERGENCY_BACKUP,
  /** The old content of a member is being kept. */
  KEEP,
  /** The new content of a member is about to go live. */
  REPLACE,
  /** The new content of a member is live. */
  REPLACED,
  /** All is in place; what follows is cleaning. */
  DONE
}
