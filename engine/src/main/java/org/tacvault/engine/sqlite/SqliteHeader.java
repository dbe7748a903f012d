package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first 100 bytes of a database file (https://www.sqlite.org/fileformat2.html section 1.3),
 * read without SQLite.
 *
 * @param pageSize bytes per page, 512 to 65536
 * @param wal whether the file is in write-ahead-log mode; else it uses a rollback journal
 */
public record SqliteHeader(int pageSize, boolean wal) {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 100;
  private static final int PAGE_SIZE_OFFSET = 16;
  private static final int WRITE_VERSION_OFFSET = 18;
  private static final int READ_VERSION_OFFSET = 19;
  private static final int WAL_VERSION = 2;

  /**
   * What SQLite says of a database that it has open. Of live databases it is never read from the
   * file: closing a file drops all locks (POSIX) that this process has on it, SQLite's included.
   */
  static SqliteHeader of(Connection connection) throws SQLException {
    return new SqliteHeader(
        (int) SqliteQueries.number(connection, "PRAGMA page_size"),
        SqliteQueries.text(connection, "PRAGMA journal_mode").equalsIgnoreCase("wal"));
  }

  /**
   * Reads the header of {@code file}, a copy that nobody has open; empty when the file is shorter
   * or no SQLite database of a format that can be read and written (versions 1 and 2).
   */
  public static Optional<SqliteHeader> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(LENGTH));
    }
  }

  private static Optional<SqliteHeader> parse(byte[] bytes) {
    if (bytes.length < LENGTH || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    int stored = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(PAGE_SIZE_OFFSET));
    // 65536 does not fit into two bytes and is stored as 1.
    int pageSize = stored == 1 ? 1 << 16 : stored;
    boolean valid =
        pageSize >= 512
            && Integer.bitCount(pageSize) == 1
            && isKnown(bytes[WRITE_VERSION_OFFSET])
            && isKnown(bytes[READ_VERSION_OFFSET]);
    return valid
        ? Optional.of(new SqliteHeader(pageSize, bytes[READ_VERSION_OFFSET] == WAL_VERSION))
        : Optional.empty();
  }

  private static boolean isKnown(byte version) {
    return version == 1 || version == WAL_VERSION;
  }
}
