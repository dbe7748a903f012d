package org.tacvault.engine.destination.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Permissions;

/** Creates directories, 0700, so that they survive a power cut. */
final class NewDirectories {
  private NewDirectories() {}

  static void create(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = directory; !Files.exists(path); path = path.getParent()) {
      missing.push(path);
    }
    Permissions.createDirectories(directory);
    for (Path created : missing) {
      // A parent that may be passed through but not read cannot be opened for a sync.
      if (Files.isReadable(created.getParent())) {
        AtomicFiles.syncDirectory(created.getParent());
      }
    }
  }
}
