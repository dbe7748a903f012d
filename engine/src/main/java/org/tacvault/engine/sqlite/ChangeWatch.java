package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.IoFailures;

/**
 * Tells whether somebody committed to a live database since this watch began, and copies it as it
 * is now. Both are asked while we hold the write lock and have committed nothing: nobody else can
 * commit then.
 *
 * <p>In WAL mode a reader that was opened before tells exactly ({@code PRAGMA data_version}). With
 * a rollback journal nobody may read under an exclusive lock, but commits change the file, so its
 * size and time tell; when the time is too young to be sure, it counts as changed.
 */
public final class ChangeWatch implements AutoCloseable {
  /** The coarsest file times that are still in use. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private static final String OPERATION = "keep database";
  private static final int ALL_PAGES = -1;

  private final Path database;
  private final Stamp stamp;
  private final SqliteHeader header;
  private final @Nullable LiveReader reader;
  private final long version;

  private ChangeWatch(
      Path database, Stamp stamp, SqliteHeader header, @Nullable LiveReader reader, long version) {
    this.database = database;
    this.stamp = stamp;
    this.header = header;
    this.reader = reader;
    this.version = version;
  }

  /**
   * Begins to watch {@code database}, which can be read.
   *
   * @param touched a file or directory that was changed not long ago, to know the clock of the file
   *     system
   */
  public static ChangeWatch begin(Path database, Path touched) {
    try {
      Stamp stamp = Stamp.of(database, touched);
      return begin(database, stamp, LiveReader.open(database));
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, database, e);
    }
  }

  private static ChangeWatch begin(Path database, Stamp stamp, LiveReader reader)
      throws SQLException {
    boolean keepOpen = false;
    try {
      SqliteHeader header = reader.header();
      keepOpen = header.wal();
      return keepOpen
          ? new ChangeWatch(database, stamp, header, reader, dataVersion(reader))
          : new ChangeWatch(database, stamp, header, null, 0);
    } finally {
      if (!keepOpen) {
        reader.close();
      }
    }
  }

  /** Whether it changed; in doubt it did. */
  public boolean isChanged() {
    try {
      return reader == null ? !stamp.provesEqual(database) : dataVersion(reader) != version;
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, database, e);
    }
  }

  /** Copies what is committed now to {@code target}, which must not exist. */
  public void copyTo(Path target) {
    try {
      if (reader != null) {
        copy(reader.connection(), target);
      } else {
        copyUnderLock(target);
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    }
  }

  private void copyUnderLock(Path target) throws SQLException {
    try (Connection locking = Sqlite.openLive(database)) {
      Sqlite.unwrap(locking).setBusyTimeout(0);
      if (mayRead(locking)) {
        copy(locking, target);
        return;
      }
    }
    // Our lock is exclusive, and nothing has left its cache: the file is what was committed last.
    try (Connection past = Sqlite.openStatic(database)) {
      copy(past, target);
    }
  }

  private static boolean mayRead(Connection connection) throws SQLException {
    try {
      SqliteQueries.readSchema(connection);
      return true;
    } catch (SQLException e) {
      if (Sqlite.resultCode(e) == SqliteFailures.BUSY) {
        return false;
      }
      throw e;
    }
  }

  private void copy(Connection from, Path target) throws SQLException {
    PageTransfer transfer = new PageTransfer(header.pageSize(), CopyProgress.NONE, () -> {});
    int code =
        Sqlite.unwrap(from)
            .getDatabase()
            .backup("main", target.toString(), transfer, 0, 0, ALL_PAGES);
    if (!transfer.isDone()) {
      throw new SQLException("the copy ended early with result code " + code, null, code);
    }
  }

  private static long dataVersion(LiveReader reader) throws SQLException {
    return SqliteQueries.number(reader.connection(), "PRAGMA data_version");
  }

  @Override
  public void close() {
    if (reader != null) {
      try {
        reader.close();
      } catch (SQLException e) {
        throw SqliteFailures.of(OPERATION, database, e);
      }
    }
  }

  /**
   * @param certain whether a later change must show: the file is older than its time is exact
   */
  private record Stamp(long size, FileTime modified, boolean certain) {
    static Stamp of(Path file, Path touched) throws IOException {
      FileTime modified = Files.getLastModifiedTime(file);
      FileTime past = Files.getLastModifiedTime(touched);
      boolean certain = modified.toInstant().plus(COARSEST_TIME).isBefore(past.toInstant());
      return new Stamp(Files.size(file), modified, certain);
    }

    boolean provesEqual(Path file) throws IOException {
      return certain
          && Files.size(file) == size
          && Files.getLastModifiedTime(file).equals(modified);
    }
  }
}
