package org.tacvault.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.FreeSpace;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.source.Source;

/**
 * What can be known to fail before anything is copied. An archive is taken to need half of the size
 * of the data, which databases of text stay well below; one that needs more fails later, as
 * cleanly.
 */
final class Preflight {
  private static final String OPERATION = "back up";

  private Preflight() {}

  /**
   * Room for the copies and the archive in {@code temp}, and for the archive at the target; target
   * reachable.
   */
  static void check(List<Source> sources, Path temp, BackupTarget target) throws IOException {
    long data = sources.stream().mapToLong(Preflight::size).sum();
    Permissions.createDirectories(temp);
    FreeSpace.require(
        FreeSpace.of(temp),
        data + data / 2,
        OPERATION,
        "temporary directory " + temp,
        "point [backup] temp_directory at a larger file system");
    target
        .destination()
        .usableSpace()
        .ifPresent(
            room ->
                FreeSpace.require(
                    room,
                    data / 2,
                    OPERATION,
                    "destination " + target.label(),
                    "use a larger destination"));
    target.destination().check().requirePassed(OPERATION, "to " + target.label());
  }

  private static long size(Source source) {
    try {
      return source.exists() ? Files.size(source.live()) : 0;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, source.live(), e);
    }
  }
}
