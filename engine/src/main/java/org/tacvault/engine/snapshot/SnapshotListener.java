package org.tacvault.engine.snapshot;

/** Hears which source is being copied and how far. */
@FunctionalInterface
public interface SnapshotListener {
  void copied(String member, long copiedBytes, long totalBytes);
}
