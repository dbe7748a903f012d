package org.tacvault.engine.verify;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.destination.Destination;

/** An archive that a user means: a file, or one that is stored at a destination. */
public sealed interface ArchiveRef {
  /** What people are told. */
  String label();

  /** Of the catalog; null for a file or an unnamed directory. */
  @Nullable String destinationId();

  /** What was tried again to read it, for people. */
  default List<String> retried() {
    return List.of();
  }

  /** A file of this machine. */
  record File(Path path) implements ArchiveRef {
    public File {
      path = path.toAbsolutePath().normalize();
    }

    @Override
    public String label() {
      return path.toString();
    }

    @Override
    public @Nullable String destinationId() {
      return null;
    }
  }

  /**
   * A stored archive.
   *
   * @param path as a listing gives it
   */
  record Stored(@Nullable String destinationId, Destination destination, String path)
      implements ArchiveRef {
    @Override
    public String label() {
      return path;
    }

    @Override
    public List<String> retried() {
      return destination.retried();
    }
  }
}
