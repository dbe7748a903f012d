package org.tacvault.engine.restore;

/**
 * Hears how far a restore is; does nothing unless overridden. An exception of a listener fails the
 * restore.
 */
public interface RestoreListener {
  /** Hears nothing. */
  RestoreListener NONE = new RestoreListener() {};

  /** The execution is in the catalog; not called for a dry run. */
  default void started(String executionId) {}

  /**
   * A step begins (or, for {@link RestoreStep#REPLACED}, has been done); {@code subject} is a
   * member or a path.
   */
  default void step(RestoreStep step, String subject) {}

  /** Bytes of {@code subject} that the present step has done. */
  default void progress(String subject, long doneBytes, long totalBytes) {}
}
