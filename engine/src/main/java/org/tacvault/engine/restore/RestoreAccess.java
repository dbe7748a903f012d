package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.FileReplacement;
import org.tacvault.engine.source.Source;

/** Whether this process may write everything that a restore changes. */
final class RestoreAccess {
  private static final String OPERATION = "restore";

  private RestoreAccess() {}

  /** Refuses ({@code ACCESS_DENIED}) before anything is touched. */
  static void require(List<Source> sources) {
    for (Source source : sources) {
      try {
        Path place = FileReplacement.follow(source.live());
        // A new file, or what SQLite keeps beside a database while it is changed.
        requireWritable(existingDirectory(place), "files in the directory");
        if (Files.exists(place) && source.isReplacedHot()) {
          requireWritable(place, "the file");
        }
      } catch (IOException e) {
        throw IoFailures.of(OPERATION, source.live(), e);
      }
    }
  }

  private static void requireWritable(Path place, String what) {
    if (!Files.isWritable(place)) {
      throw new EngineException(
              ErrorKind.ACCESS_DENIED,
              OPERATION,
              place,
              what + " may not be written by this user; nothing was changed")
          .withHint("check owner and mode, or run as the user of the TACACS+ server or as root");
    }
  }

  private static Path existingDirectory(Path place) {
    Path directory = place.toAbsolutePath().getParent();
    while (!Files.exists(directory)) {
      directory = directory.getParent();
    }
    return directory;
  }
}
