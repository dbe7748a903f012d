package org.tacvault.cli;

import org.tacvault.engine.verify.ArchiveRef;

/** The archive that a command works on; closing it closes its destination. */
record ChosenArchive(ArchiveRef ref) implements AutoCloseable {
  @Override
  public void close() {
    if (ref instanceof ArchiveRef.Stored stored) {
      stored.destination().close();
    }
  }
}
