package org.tacvault.engine.error;

/** Long work asks here, between two steps that may be cut, whether somebody stopped it. */
public final class Interruption {
  private Interruption() {}

  /** Throws {@code INTERRUPTED} when the thread was interrupted; the thread's flag stays set. */
  public static void check(String operation, Object subject) {
    if (Thread.currentThread().isInterrupted()) {
      throw new EngineException(ErrorKind.INTERRUPTED, operation, subject, "it was stopped");
    }
  }
}
