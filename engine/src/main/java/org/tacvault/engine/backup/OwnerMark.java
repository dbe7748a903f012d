package org.tacvault.engine.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.ProcessLock;

/**
 * Tells whether the process that began an execution still lives: each holds a lock file named by a
 * token that stands in its owner name. Process numbers would not do: they are used again, and every
 * container has a number 1.
 */
public final class OwnerMark implements AutoCloseable {
  private static final String OPERATION = "mark process";
  private static final String PREFIX = "process-";
  private static final String SUFFIX = ".lock";
  private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);

  private final Path file;
  private final ProcessLock lock;

  private OwnerMark(Path file, ProcessLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Marks this process as alive until closed.
   *
   * @param owner ends in a blank and a unique token
   */
  public static OwnerMark hold(Path directory, String owner) {
    Path file = fileOf(directory, owner);
    try {
      ProcessLock lock =
          ProcessLock.tryAcquire(file, owner)
              .orElseThrow(
                  () -> new EngineException(ErrorKind.BUSY, OPERATION, owner, "it is not unique"));
      return new OwnerMark(file, lock);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, file, e);
    }
  }

  /** Whether the process named {@code owner} lives; removes the mark of a dead one. */
  public static boolean isAlive(Path directory, String owner) {
    Path file = fileOf(directory, owner);
    try {
      return Files.exists(file) && isHeld(file);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, file, e);
    }
  }

  /** Whether somebody holds the mark {@code file}, which is removed otherwise. */
  private static boolean isHeld(Path file) throws IOException {
    Optional<ProcessLock> dead = ProcessLock.tryAcquire(file, "nobody");
    if (dead.isEmpty()) {
      return true;
    }
    dead.get().close();
    Files.deleteIfExists(file);
    return false;
  }

  /** Removes the marks of dead processes in {@code directory}. */
  public static void sweep(Path directory, Instant now) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> marks = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
      for (Path mark : marks) {
        if (isOld(mark, now)) {
          isHeld(mark);
        }
      }
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, directory, e);
    }
  }

  /** Whose holder has had the time to lock it; a mark is never written again. */
  private static boolean isOld(Path mark, Instant now) throws IOException {
    try {
      Instant made = Files.getLastModifiedTime(mark).toInstant();
      return made.plus(TIME_TO_LOCK).isBefore(now);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    // A mark that cannot be removed is that of a dead process from now on.
    try (ProcessLock ignored = lock) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, file, e);
    }
  }

  private static Path fileOf(Path directory, String owner) {
    String token = owner.substring(owner.lastIndexOf(' ') + 1);
    return directory.resolve(PREFIX + token.replaceAll("[^A-Za-z0-9-]", "_") + SUFFIX);
  }
}
