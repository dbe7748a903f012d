package org.tacvault.engine.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.tacvault.engine.destination.ConnectionReport;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
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
  static void check(List<Source> sources, Path temp, BackupTarget target) {
    long data = sources.stream().mapToLong(Preflight::size).sum();
    requireRoom(
        "temporary directory " + temp, usable(temp), data + data / 2, "[backup] temp_directory");
    target
        .destination()
        .usableSpace()
        .ifPresent(
            room ->
                requireRoom("destination " + target.label(), room, data / 2, "the destination"));
    requireReachable(target);
  }

  private static void requireReachable(BackupTarget target) {
    ConnectionReport report = target.destination().check();
    report
        .failed()
        .ifPresent(
            step -> {
              EngineException failure =
                  new EngineException(
                      Objects.requireNonNullElse(step.kind(), ErrorKind.UNREACHABLE),
                      OPERATION,
                      "to " + target.label(),
                      "the destination failed its test at '"
                          + step.name()
                          + "': "
                          + step.failure());
              String hint = step.hint();
              throw hint == null ? failure : failure.withHint(hint);
            });
  }

  private static void requireRoom(String place, long room, long needed, String what) {
    if (room < needed) {
      throw new EngineException(
              ErrorKind.NO_SPACE,
              OPERATION,
              place,
              "%d MiB are free, about %d MiB are needed".formatted(room >> 20, (needed >> 20) + 1))
          .withHint("free some space, or point " + what + " at a larger file system");
    }
  }

  private static long usable(Path temp) {
    try {
      Permissions.createDirectories(temp);
      return Files.getFileStore(temp).getUsableSpace();
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, temp, e);
    }
  }

  private static long size(Source source) {
    try {
      return source.exists() ? Files.size(source.live()) : 0;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, source.live(), e);
    }
  }
}
