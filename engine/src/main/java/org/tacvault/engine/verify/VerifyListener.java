package org.tacvault.engine.verify;

/** Hears how far the opening of an archive is; does nothing unless overridden. */
public interface VerifyListener {
  /** Hears nothing. */
  VerifyListener NONE = new VerifyListener() {};

  /** The execution is in the catalog. */
  default void started(String executionId) {}

  default void stage(VerifyStage stage, String subject) {}

  /** Bytes of the archive that the present stage has done. */
  default void progress(VerifyStage stage, long doneBytes, long totalBytes) {}
}
