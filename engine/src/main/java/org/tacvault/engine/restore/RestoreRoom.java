package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.source.Source;

/**
 * Whether there is room to replace live files and, if one of them fails, to put all of them back: a
 * disk that fills up half-way could hold up the way back as well.
 */
final class RestoreRoom {
  private static final String OPERATION = "restore";
  // Directories, the journal itself, and what SQLite keeps beside its databases.
  private static final long SMALL_FILES_BYTES = 1 << 20;

  private final Map<FileStore, Long> needed = new HashMap<>();

  private RestoreRoom() {}

  /**
   * Refuses ({@code NO_SPACE}) before anything is touched.
   *
   * @param journal where old content is kept
   * @param staged where new content lies; none for a source that is removed
   */
  static void require(List<Source> sources, Path journal, Path staged) {
    RestoreRoom room = new RestoreRoom();
    try {
      room.add(journal, SMALL_FILES_BYTES);
      for (Source source : sources) {
        room.add(journal, size(source.live()));
        room.add(source.live(), size(staged.resolve(source.member())));
      }
      room.check();
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, journal.getParent(), e);
    }
  }

  private void add(Path place, long bytes) throws IOException {
    needed.merge(Files.getFileStore(existing(place)), bytes, Long::sum);
  }

  private void check() throws IOException {
    for (Map.Entry<FileStore, Long> store : needed.entrySet()) {
      long free = store.getKey().getUsableSpace();
      if (free < store.getValue()) {
        throw new EngineException(
                ErrorKind.NO_SPACE,
                OPERATION,
                "to " + store.getKey(),
                "%d MiB are free, about %d MiB are needed; nothing was changed"
                    .formatted(free >> 20, (store.getValue() >> 20) + 1))
            .withHint("free some space there and repeat the restore");
      }
    }
  }

  private static long size(Path live) throws IOException {
    return Files.isRegularFile(live) ? Files.size(live) : 0;
  }

  private static Path existing(Path place) {
    Path path = place.toAbsolutePath();
    while (!Files.exists(path)) {
      path = path.getParent();
    }
    return path;
  }
}
