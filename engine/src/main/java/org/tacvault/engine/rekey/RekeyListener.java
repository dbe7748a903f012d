package org.tacvault.engine.rekey;

/** Hears how far a rekeying is. */
public interface RekeyListener {
  /** Nobody listens. */
  RekeyListener NONE = new RekeyListener() {};

  /** Work on an archive begins. */
  default void archive(String path, int number, int count) {}

  /** So many bytes of it are fetched, encrypted anew, or read back. */
  default void progress(RekeyStep step, long doneBytes, long totalBytes) {}

  /** A step is done; tests die here. */
  default void done(RekeyStep step) {}
}
