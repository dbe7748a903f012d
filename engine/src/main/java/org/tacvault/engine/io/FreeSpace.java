package org.tacvault.engine.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/** Room on file systems, asked before work begins that would run out of it. */
public final class FreeSpace {
  private static final int MEBIBYTE_SHIFT = 20;

  private FreeSpace() {}

  /** Bytes that this user can still write to the file system of {@code directory}. */
  public static long of(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      throw IoFailures.of("measure free space", directory, e);
    }
  }

  /**
   * {@code NO_SPACE} unless {@code room} is enough.
   *
   * @param place where the room is, for people
   * @param remedy what else than freeing some space would help
   */
  public static void require(
      long room, long needed, String operation, String place, String remedy) {
    if (room < needed) {
      throw new EngineException(
              ErrorKind.NO_SPACE,
              operation,
              place,
              "%d MiB are free, about %d MiB are needed"
                  .formatted(room >> MEBIBYTE_SHIFT, (needed >> MEBIBYTE_SHIFT) + 1))
          .withHint("free some space, or " + remedy);
    }
  }
}
