package org.tacvault.server.api.archive;

import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * The archive that a request means; to be closed.
 *
 * @param destination where it is stored; null for a file
 */
public record ChosenArchive(ArchiveRef ref, @Nullable Destination destination)
    implements AutoCloseable {
  @Override
  public void close() {
    if (destination != null) {
      destination.close();
    }
  }
}
