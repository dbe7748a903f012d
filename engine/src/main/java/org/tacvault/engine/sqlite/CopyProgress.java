package org.tacvault.engine.sqlite;

/** Hears how far a copy is. */
@FunctionalInterface
public interface CopyProgress {
  /** Hears nothing. */
  CopyProgress NONE = (copied, total) -> {};

  /**
   * @param copiedBytes may go back to a lower value when the copy had to start again
   * @param totalBytes may change while a writer is at work
   */
  void copied(long copiedBytes, long totalBytes);
}
