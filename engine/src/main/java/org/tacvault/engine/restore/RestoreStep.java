package org.tacvault.engine.restore;

/** The moments of a restore that a listener hears of, in their order. */
public enum RestoreStep {
  FETCH,
  EXTRACT,
  CHECK,
  PLAN,
  EMERGENCY_BACKUP,
  /** The TACACS+ server is being stopped, if a command is configured for that. */
  STOP_SERVER,
  /** The old content of a member is being kept. */
  KEEP,
  /** The new content of a member is about to go live. */
  REPLACE,
  /** The new content of a member is live. */
  REPLACED,
  /** The TACACS+ server is being started with the new content, if a command is configured. */
  START_SERVER,
  /** All is in place; what follows is cleaning. */
  DONE
}
