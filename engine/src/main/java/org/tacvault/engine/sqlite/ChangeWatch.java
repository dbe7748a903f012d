package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;

/**
 * Tells whether somebody committed to a live database since this watch began, and makes a copy that
 * was taken since then what is committed now. Both are asked while we hold the write lock and have
 * committed nothing: nobody else can commit then.
 *
 * <p>In WAL mode a reader that was opened before tells exactly ({@code PRAGMA data_version}), and a
 * read transaction keeps everything that was committed since in the log: a log is begun anew only
 * when all of it is in the database, and that is what an open reader prevents. So the copy needs
 * only the log, and writers wait for a few megabytes instead of all that there is.
 *
 * <p>With a rollback journal nobody may read under an exclusive lock, but commits change the file,
 * so its size and time tell; when the time is too young to be sure, it counts as changed. Then
 * everything is copied again.
 */
public final class ChangeWatch implements AutoCloseable {
  /** The coarsest file times that are still in use. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private static final String OPERATION = "keep database";
  private static final int ALL_PAGES = -1;

  private final Path database;
  private final Stamp stamp;
  private final int pageSize;
  private final @Nullable LogWatch log;

  private ChangeWatch(Path database, Stamp stamp, int pageSize, @Nullable LogWatch log) {
    this.database = database;
    this.stamp = stamp;
    this.pageSize = pageSize;
    this.log = log;
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
      LiveReader reader = LiveReader.open(database);
      boolean keepOpen = false;
      try {
        SqliteHeader header = reader.header();
        LogWatch log = header.wal() ? LogWatch.begin(reader) : null;
        keepOpen = log != null;
        return new ChangeWatch(database, stamp, header.pageSize(), log);
      } finally {
        if (!keepOpen) {
          reader.close();
        }
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, database, e);
    }
  }

  /** Whether it changed; in doubt it did. */
  public boolean isChanged() {
    try {
      return log == null ? !stamp.provesEqual(database) : log.isChanged();
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, database, e);
    }
  }

  /**
   * Makes {@code copy}, which was taken since this watch began, what is committed now, durably.
   * Afterwards it may have a {@code -wal} beside it, which belongs to it.
   */
  public void refresh(Path copy) {
    try {
      if (log != null) {
        WriteAheadLog.of(database).copyBeside(copy, pageSize);
      } else {
        // Nothing depends on the older copy yet, and there may be no room for both.
        Files.delete(copy);
        copyUnderLock(copy);
        AtomicFiles.syncFile(copy);
        AtomicFiles.syncDirectory(copy.toAbsolutePath().getParent());
      }
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, database, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, copy, e);
    }
  }

  /** Makes a copy that was {@link #refresh refreshed} one file again; may be repeated. */
  public static void settle(Path copy) {
    if (!Files.exists(Sqlite.sideFile(copy, "-wal"))) {
      return;
    }
    // The last connection takes the log in and removes it, in an order that survives a kill.
    try (Connection last = Sqlite.openForReplacement(copy)) {
      SqliteQueries.readSchema(last);
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
    if (Files.exists(Sqlite.sideFile(copy, "-wal"))) {
      throw new EngineException(ErrorKind.FAILED, OPERATION, copy, "its log was not taken in")
          .withHint("free some space there and try again");
    }
  }

  private void copyUnderLock(Path target) throws SQLException {
    try (Connection from = Sqlite.openLocked(database)) {
      PageTransfer transfer = new PageTransfer(pageSize, CopyProgress.NONE, () -> {});
      int code =
          Sqlite.unwrap(from)
              .getDatabase()
              .backup("main", target.toString(), transfer, 0, 0, ALL_PAGES);
      if (!transfer.isDone()) {
        throw new SQLException("the copy ended early with result code " + code, null, code);
      }
    }
  }

  @Override
  public void close() {
    if (log != null) {
      try {
        log.close();
      } catch (SQLException e) {
        throw SqliteFailures.of(OPERATION, database, e);
      }
    }
  }

  /**
   * @param pin in a read transaction, which the version would not leave
   */
  private record LogWatch(LiveReader reader, long version, LiveReader pin)
      implements AutoCloseable {
    static LogWatch begin(LiveReader reader) throws SQLException {
      long version = dataVersion(reader);
      LiveReader pin = LiveReader.open(reader.database());
      LogWatch watch = new LogWatch(reader, version, pin);
      boolean begun = false;
      try {
        pin.beginReading();
        begun = true;
        return watch;
      } finally {
        if (!begun) {
          pin.close();
        }
      }
    }

    boolean isChanged() throws SQLException {
      return dataVersion(reader) != version;
    }

    private static long dataVersion(LiveReader reader) throws SQLException {
      return SqliteQueries.number(reader.connection(), "PRAGMA data_version");
    }

    @Override
    public void close() throws SQLException {
      try (LiveReader first = pin;
          LiveReader second = reader) {
        first.connection().setAutoCommit(true);
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
