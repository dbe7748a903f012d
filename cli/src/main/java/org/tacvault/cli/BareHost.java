package org.tacvault.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Directories;
import org.tacvault.engine.io.WorkDirectory;

/** Where archives are unpacked when there is no server whose temporary directory could be used. */
final class BareHost {
  private BareHost() {}

  /** Lends a private directory (0700) of the system's temporary directory; it is removed again. */
  static <T> T inWorkDirectory(Function<WorkDirectory, T> work) {
    try {
      Path root = Files.createTempDirectory("tacvault-");
      try (WorkDirectory directory = WorkDirectory.create(root, "inspection")) {
        return work.apply(directory);
      } finally {
        Directories.delete(root);
      }
    } catch (IOException e) {
      throw IoFailures.of("use temporary directory", System.getProperty("java.io.tmpdir"), e)
          .withHint("set another one: TACVAULT_JAVA_OPTS=-Djava.io.tmpdir=DIR tacvault ...");
    }
  }
}
