package org.tacvault.engine.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A private directory (0700) for plaintext copies, removed when closed. Its owner holds a lock
 * beside it, so that {@link #sweep} can tell what a dead process left behind from what a living one
 * is using.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final String PREFIX = "work-";
  private static final String LOCK_SUFFIX = ".lock";

  private final Path path;
  private final ProcessLock lock;

  private WorkDirectory(Path path, ProcessLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates a directory of its own below {@code root} (created if missing). */
  public static WorkDirectory create(Path root, String purpose) throws IOException {
    Permissions.createDirectories(root);
    Path path = root.resolve(PREFIX + UUID.randomUUID());
    // The lock comes first: a directory without a held lock is fair game for a sweep.
    ProcessLock lock =
        ProcessLock.tryAcquire(lockOf(path), purpose)
            .orElseThrow(() -> new IOException("work directory is already in use: " + path));
    WorkDirectory made = new WorkDirectory(path, lock);
    try {
      Files.createDirectory(path, Permissions.privateDirectory(root.getFileSystem()));
      return made;
    } catch (IOException | RuntimeException e) {
      made.closeAfter(e);
      throw e;
    }
  }

  private void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Removes the work directories below {@code root} whose owner is gone. Returns how many. */
  public static int sweep(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return 0;
    }
    int removed = 0;
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(root, PREFIX + "*")) {
      for (Path leftover : leftovers) {
        removed += isLock(leftover) ? sweepLock(leftover) : sweepDirectory(leftover);
      }
    }
    return removed;
  }

  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    // What cannot be removed now is fair game for a sweep, also while this process lives on.
    try (ProcessLock ignored = lock) {
      Directories.delete(path);
    }
    Files.deleteIfExists(lockOf(path));
  }

  private static int sweepDirectory(Path directory) throws IOException {
    Optional<ProcessLock> lock = ProcessLock.tryAcquire(lockOf(directory), "sweep");
    if (lock.isEmpty()) {
      return 0;
    }
    try (ProcessLock ignored = lock.get()) {
      Directories.delete(directory);
    }
    Files.deleteIfExists(lockOf(directory));
    return 1;
  }

  private static int sweepLock(Path lockFile) throws IOException {
    String name = lockFile.getFileName().toString();
    Path directory =
        lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length()));
    if (!Files.exists(directory)) {
      Optional<ProcessLock> lock = ProcessLock.tryAcquire(lockFile, "sweep");
      if (lock.isPresent()) {
        lock.get().close();
        Files.deleteIfExists(lockFile);
      }
    }
    return 0;
  }

  private static boolean isLock(Path path) {
    return path.getFileName().toString().endsWith(LOCK_SUFFIX);
  }

  private static Path lockOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + LOCK_SUFFIX);
  }
}
