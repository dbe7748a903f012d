package org.tacvault.engine.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.tacvault.engine.error.Interruption;

/**
 * A lock on a file that holds across threads and processes; the operating system gives it up when
 * its holder dies. The file says who holds it, and stays when the lock is given up.
 */
public final class ProcessLock implements AutoCloseable {
  // POSIX record locks belong to the process, and closing any other channel of the file drops them.
  // A lock that is held here must therefore not even be read: paths and holders are kept in memory.
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();
  // The holder's name lies behind the locked byte: where locks are mandatory it can still be read.
  private static final int NAME_OFFSET = 1;
  private static final int NAME_MAX_BYTES = 512;

  // Locks of other processes cannot be waited for together with those of this one.
  private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private ProcessLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock at once, or returns empty when somebody else has it. Creates file and
   * directories.
   */
  public static Optional<ProcessLock> tryAcquire(Path lockFile, String holder) throws IOException {
    Path file = lockFile.toAbsolutePath().normalize();
    if (HELD_HERE.putIfAbsent(file, holder) != null) {
      return Optional.empty();
    }
    Optional<ProcessLock> acquired = Optional.empty();
    try {
      Permissions.createDirectories(file.getParent());
      acquired = lockAcrossProcesses(file, holder);
      return acquired;
    } finally {
      if (acquired.isEmpty()) {
        HELD_HERE.remove(file);
      }
    }
  }

  /** Takes the lock as soon as it is free; empty when it is still held after {@code patience}. */
  public static Optional<ProcessLock> acquire(Path lockFile, String holder, Duration patience)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<ProcessLock> acquired = tryAcquire(lockFile, holder);
      if (acquired.isPresent() || System.nanoTime() > deadline) {
        return acquired;
      }
      Interruption.check("wait for", lockFile);
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /** What the present or last holder wrote about itself; empty when nobody ever held it. */
  public static String holder(Path lockFile) throws IOException {
    String here = HELD_HERE.get(lockFile.toAbsolutePath().normalize());
    if (here != null) {
      return here;
    }
    if (!Files.exists(lockFile)) {
      return "";
    }
    byte[] content = Files.readAllBytes(lockFile);
    int length = Math.max(0, Math.min(content.length - NAME_OFFSET, NAME_MAX_BYTES));
    return new String(
        content, Math.min(NAME_OFFSET, content.length), length, StandardCharsets.UTF_8);
  }

  private static Optional<ProcessLock> lockAcrossProcesses(Path file, String holder)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Permissions.privateFile(file.getFileSystem()));
    boolean held = false;
    try {
      FileLock lock = channel.tryLock(0, 1, false);
      if (lock == null) {
        return Optional.empty();
      }
      writeHolder(channel, holder);
      held = true;
      return Optional.of(new ProcessLock(file, channel, lock));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static void writeHolder(FileChannel channel, String holder) throws IOException {
    byte[] name = (" " + holder).getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(name, 0, Math.min(name.length, NAME_MAX_BYTES)), 0);
  }

  @Override
  public void close() throws IOException {
    try (FileChannel ignored = channel) {
      lock.release();
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
