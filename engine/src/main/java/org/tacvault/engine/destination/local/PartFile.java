package org.tacvault.engine.destination.local;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.IoConsumer;
import org.tacvault.engine.io.Permissions;

/**
 * A hidden file (0600) beside the archive that it will become: {@code .<archive>.<8 hex>.part}. It
 * is locked while it is written, so that a sweep can tell it from what a dead process left behind.
 */
final class PartFile implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9a-f]{8}\\.part");
  private static final int BUFFER_BYTES = 1 << 16;
  // Closing any other channel of a file drops this process's lock on it (POSIX), so a sweep in the
  // same process must not even open these.
  private static final Set<Object> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final Object key;

  /** Gives a file a second name; fails when that name is taken. */
  @FunctionalInterface
  interface Linker {
    void link(Path newName, Path existing) throws IOException;
  }

  private PartFile(Path target, Path part, FileChannel channel) throws IOException {
    this.target = target;
    this.part = part;
    this.channel = channel;
    this.key = keyOf(part);
    OPEN_HERE.add(key);
  }

  /** Creates the part file of {@code target}, whose directory exists. */
  static PartFile create(Path target) throws IOException {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    String name = "." + target.getFileName() + "." + random + AtomicFiles.PART_SUFFIX;
    Path part = target.resolveSibling(name);
    FileChannel channel =
        FileChannel.open(
            part,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Permissions.privateFile(part.getFileSystem()));
    lock(channel);
    return new PartFile(target, part, channel);
  }

  static boolean isPartName(String filename) {
    return NAME.matcher(filename).matches();
  }

  /** Whether this process is writing {@code part}. */
  static boolean isOpenHere(Path part) throws IOException {
    return OPEN_HERE.contains(keyOf(part));
  }

  Path path() {
    return part;
  }

  /** Writes all content and makes it durable. Returns its length in bytes. */
  long write(IoConsumer<OutputStream> body) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    body.accept(out);
    out.flush();
    channel.force(true);
    return channel.size();
  }

  /**
   * Gives the file its name, durably, and never over another file.
   *
   * @throws FileAlreadyExistsException when the name is taken
   */
  void publish(Linker linker) throws IOException {
    try {
      linker.link(target, part);
    } catch (UnsupportedOperationException e) {
      renameWithoutLinks();
    } catch (FileSystemException e) {
      if (e.getClass() != FileSystemException.class) {
        throw e;
      }
      renameWithoutLinks();
    }
    keep();
  }

  /** Makes the new name last; when that fails, or is interrupted, nothing has the name. */
  private void keep() throws IOException {
    boolean kept = false;
    try {
      Files.deleteIfExists(part);
      AtomicFiles.syncDirectory(target.getParent());
      kept = true;
    } finally {
      if (!kept) {
        Files.deleteIfExists(target);
      }
    }
  }

  // File systems without hard links (FAT, some network mounts) cannot refuse an existing name
  // atomically: there, two processes that publish the same name at the same instant are not told.
  private void renameWithoutLinks() throws IOException {
    synchronized (OPEN_HERE) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(part, target);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(part);
    } finally {
      OPEN_HERE.remove(key);
    }
  }

  private static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException e) {
      // No locks on this file system: a sweep then waits longer before it takes the file for dead.
    }
  }

  private static Object keyOf(Path file) throws IOException {
    Object key =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    return key == null ? file.toAbsolutePath().normalize() : key;
  }
}
