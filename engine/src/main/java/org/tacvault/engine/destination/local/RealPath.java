package org.tacvault.engine.destination.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tacvault.engine.error.IoFailures;

/** Where a path leads when symbolic links are followed, also when its end does not exist yet. */
final class RealPath {
  private RealPath() {}

  static Path of(Path path) {
    Path existing = existingAncestor(path);
    try {
      return existing.toRealPath().resolve(existing.relativize(path)).normalize();
    } catch (IOException e) {
      throw IoFailures.of("resolve path", path, e);
    }
  }

  /** {@code path} or the nearest directory above it that exists; the root always does. */
  static Path existingAncestor(Path path) {
    Path existing = path;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }
}
