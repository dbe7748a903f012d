package org.tacvault.cli;

import org.tacvault.engine.restore.UndoTarget;
import org.tacvault.engine.verify.ArchiveRef;

/** The archive that a command works on; closing it closes its destination. */
record ChosenArchive(ArchiveRef ref) implements AutoCloseable {
  /** The emergency backup of the restore that is undone. */
  static ChosenArchive of(UndoTarget undo) {
    return new ChosenArchive(undo.archive());
  }

  @Override
  public void close() {
    if (ref instanceof ArchiveRef.Stored stored) {
      stored.destination().close();
    }
  }
}
