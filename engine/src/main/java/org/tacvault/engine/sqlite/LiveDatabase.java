package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/**
 * A database that others may be writing, held for one consistent copy by SQLite's online backup API
 * (https://www.sqlite.org/backup.html). It is opened read-only and never checkpointed. A WAL
 * database is pinned by a read transaction as soon as it is opened, which hinders no writer. A
 * rollback-journal database is pinned, which makes writers wait, only when they made the copy start
 * again too often.
 */
public final class LiveDatabase implements AutoCloseable {
  private static final int PAGES_PER_STEP = 4096;
  private static final int RESTARTS_BEFORE_PINNING = 3;
  private static final int BUSY_SLEEP_MILLIS = 50;
  private static final int BUSY_TRIES = 600;
  private static final String OPERATION = "copy database";

  private final Path path;
  private final SqliteHeader header;
  private final LiveReader reader;
  private @Nullable LiveReader pin;
  private int restarts;

  private LiveDatabase(Path path, SqliteHeader header, LiveReader reader) {
    this.path = path;
    this.header = header;
    this.reader = reader;
  }

  /**
   * Opens the database at {@code path}.
   *
   * @param scratch an empty private directory; used only when SQLite cannot read the database in
   *     place: its directory cannot be written, or a dead writer left a journal to be rolled back
   * @throws EngineException {@code VERIFICATION_FAILED} when the file is no database, {@code
   *     NOT_FOUND}, {@code ACCESS_DENIED}, {@code BUSY}
   */
  public static LiveDatabase open(Path path, Path scratch) {
    requireFile(path);
    try {
      return pinned(path, LiveReader.open(path));
    } catch (SQLException e) {
      if (LiveReader.cannotReadInPlace(e)) {
        return openAside(path, scratch);
      }
      throw SqliteFailures.of(OPERATION, path, e);
    }
  }

  /** Whether what is copied is what was there when this was opened; no writer is hindered then. */
  public boolean isPinned() {
    return header.wal();
  }

  /**
   * Writes a consistent copy to {@code target}, which must not exist; on failure nothing stays
   * there.
   */
  public void copyTo(Path target, CopyProgress progress) {
    boolean copied = false;
    try {
      transfer(target, progress);
      copied = true;
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, path, e);
    } finally {
      if (!copied) {
        SqliteFiles.deleteQuietly(target);
      }
    }
  }

  private void transfer(Path target, CopyProgress progress) throws SQLException {
    PageTransfer transfer = new PageTransfer(header.pageSize(), progress, this::pinAfterRestarts);
    int code =
        Sqlite.unwrap(reader.connection())
            .getDatabase()
            .backup(
                "main", target.toString(), transfer, BUSY_SLEEP_MILLIS, BUSY_TRIES, PAGES_PER_STEP);
    if (!transfer.isDone()) {
      throw new SQLException("the copy ended early with result code " + code, null, code);
    }
  }

  /**
   * A second connection in a read transaction keeps writers from committing, so the copy runs
   * through.
   */
  private void pinAfterRestarts() {
    restarts++;
    if (restarts == RESTARTS_BEFORE_PINNING) {
      try {
        pin = LiveReader.open(path);
        pin.beginReading();
      } catch (SQLException e) {
        throw SqliteFailures.of(OPERATION, path, e);
      }
    }
  }

  @Override
  public void close() {
    try (LiveReader first = reader;
        LiveReader second = pin) {
      first.connection().setAutoCommit(true);
    } catch (SQLException e) {
      throw SqliteFailures.of("close database", path, e);
    }
  }

  private static LiveDatabase pinned(Path path, LiveReader reader) throws SQLException {
    try {
      SqliteHeader header = reader.header();
      if (header.wal()) {
        reader.beginReading();
      }
      return new LiveDatabase(path, header, reader);
    } catch (SQLException e) {
      reader.close();
      throw e;
    }
  }

  private static void requireFile(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new EngineException(ErrorKind.INVALID_CONFIG, OPERATION, path, "it is a directory")
            .withHint("name the file of the database in tacacs.conf");
      }
      if (Files.size(path) == 0) {
        throw SqliteFailures.corrupt(OPERATION, path, "the file is empty (0 bytes)");
      }
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, path, e);
    }
  }

  private static LiveDatabase openAside(Path path, Path scratch) {
    try {
      return pinned(path, LiveReader.openAside(path, scratch));
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, path, e);
    } catch (SQLException e) {
      throw new EngineException(
              ErrorKind.ACCESS_DENIED, OPERATION, path, "the database cannot be opened")
          .withHint("check owner and mode of the file and its directory")
          .withCause(e);
    }
  }
}
