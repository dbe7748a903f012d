package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.tacvault.engine.io.AtomicFiles;

/**
 * The {@code -wal} file beside a live database (https://www.sqlite.org/fileformat2.html section 4).
 * SQLite takes no locks on it, so that it may be opened and closed like any other file.
 */
final class WriteAheadLog {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int SALT_OFFSET = 16;
  private static final int FRAME_SALT_OFFSET = 8;

  private final Path file;

  private WriteAheadLog(Path file) {
    this.file = file;
  }

  /** The log of {@code database}, which others may know by another name. */
  static WriteAheadLog of(Path database) throws IOException {
    return new WriteAheadLog(Sqlite.sideFile(database.toRealPath(), "-wal"));
  }

  /** Makes what is in the log durable, whoever wrote it and however. */
  void sync() throws IOException {
    AtomicFiles.syncFile(file);
  }

  /**
   * Copies the log durably to beside {@code copy}, which SQLite then reads with it. Only while
   * nobody can write: under the write lock. What an earlier, longer log left at the end of the file
   * is left out.
   */
  void copyBeside(Path copy, int pageSize) throws IOException {
    try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = usedBytes(log, FRAME_HEADER_BYTES + pageSize);
      AtomicFiles.write(Sqlite.sideFile(copy, "-wal"), out -> transfer(log, length, out));
    }
  }

  /** Frames of the log as it is now carry the salts of its header; older ones have others. */
  private static long usedBytes(FileChannel log, int frameBytes) throws IOException {
    long salt = salt(log, SALT_OFFSET);
    long end = HEADER_BYTES;
    while (end + frameBytes <= log.size() && salt(log, end + FRAME_SALT_OFFSET) == salt) {
      end += frameBytes;
    }
    return end;
  }

  private static long salt(FileChannel log, long offset) throws IOException {
    ByteBuffer salts = ByteBuffer.allocate(Long.BYTES);
    while (salts.hasRemaining()) {
      if (log.read(salts, offset + salts.position()) < 0) {
        throw new IOException("the log ends in the middle");
      }
    }
    return salts.getLong(0);
  }

  private static void transfer(FileChannel log, long length, OutputStream out) throws IOException {
    WritableByteChannel target = Channels.newChannel(out);
    long copied = 0;
    while (copied < length) {
      long moved = log.transferTo(copied, length - copied, target);
      if (moved <= 0) {
        throw new IOException("the log became shorter while it was copied");
      }
      copied += moved;
    }
  }
}
