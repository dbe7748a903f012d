package org.tacvault.engine.destination.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes part files whose writer is dead: nobody holds their lock and nothing was written for a
 * time; where the file system has no locks, for a day.
 */
final class StaleParts {
  /** How long a file rests that may be written from another machine. */
  static final Duration QUIET = Duration.ofHours(1);

  /** How long it takes at most from making a file to locking it. */
  static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

  private static final Duration QUIET_WITHOUT_LOCKS = Duration.ofDays(1);

  private StaleParts() {}

  /**
   * Removes those that have been quiet for {@code least}; returns how many.
   *
   * @param least {@link #QUIET}, or {@link #TIME_TO_LOCK} where all writers are on this machine
   */
  static int remove(Path base, Instant now, Duration least) throws IOException {
    int removed = 0;
    for (FileWalk.Found part : FileWalk.find(base, PartFile::isPartName)) {
      Duration quiet = Duration.between(part.attributes().lastModifiedTime().toInstant(), now);
      if (quiet.compareTo(least) >= 0
          && isDead(part.file(), quiet)
          && Files.deleteIfExists(part.file())) {
        removed++;
      }
    }
    return removed;
  }

  private static boolean isDead(Path part, Duration quiet) throws IOException {
    try {
      return !PartFile.isOpenHere(part) && isUnlocked(part, quiet);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isUnlocked(Path part, Duration quiet) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return tryLock(channel, quiet);
    }
  }

  private static boolean tryLock(FileChannel channel, Duration quiet) {
    try (FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return quiet.compareTo(QUIET_WITHOUT_LOCKS) >= 0;
    }
  }
}
