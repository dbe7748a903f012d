package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/**
 * Replaces the whole content of a database that others have open, in one SQLite transaction: they
 * see the old content or the new, never a mix, without reopening. The live file keeps its journal
 * mode, owner and mode.
 */
public final class HotReplacement {
  private static final String OPERATION = "replace database";

  /**
   * How to wait for the locks of others. While an attempt waits for readers of a database with a
   * rollback journal, no new reader may begin; between attempts all may. Short attempts disturb
   * nobody, but readers that overlap let none of them succeed: so they grow, to less than the five
   * seconds after which programs give up.
   *
   * @param shortest attempt, and the pause after each; each attempt is longer by this
   */
  record Patience(Duration shortest, Duration longest, Duration all) {
    static final Patience DEFAULT =
        new Patience(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(30));

    Duration attempt(int number) {
      Duration grown = shortest.multipliedBy(number);
      return grown.compareTo(longest) < 0 ? grown : longest;
    }
  }

  /** The disk of a live database, and what is to be put on it. */
  record Room(Path staged, Path live) {
    /**
     * @param started whether all locks were there, so that also a journal of the old content was
     *     begun
     */
    boolean isEnough(boolean started) throws IOException {
      long needed = Files.size(staged) + (started ? Files.size(live) : 0);
      return Files.getFileStore(live).getUsableSpace() >= needed;
    }
  }

  private HotReplacement() {}

  /** Whether SQLite can open {@code live} at all, so that {@link #apply} has a chance. */
  public static boolean isPossible(Path live) {
    try {
      if (Files.size(live) == 0) {
        // SQLite would take it for an empty database, in rollback mode whatever it was before.
        return false;
      }
      try (Connection connection = Sqlite.openForReplacement(live)) {
        SqliteQueries.readSchema(connection);
        return true;
      }
    } catch (SQLException e) {
      int code = Sqlite.resultCode(e);
      if (code == SqliteFailures.CORRUPT || code == SqliteFailures.NOTADB) {
        return false;
      }
      throw SqliteFailures.of(OPERATION, live, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, live, e);
    }
  }

  /**
   * Makes {@code staged}, a sound static copy of ours, fit for {@code live}: same page size (SQLite
   * cannot change that of a WAL database, and says nothing) and a rollback journal, which the live
   * one does not take over and which lets {@link Brake} lock it. Changes {@code staged}.
   */
  public static void fit(Path staged, Path live) {
    try {
      requireHeader(staged);
      convert(staged, liveHeader(live).pageSize());
    } catch (SQLException e) {
      throw SqliteFailures.ofCopy("prepare database", staged, e);
    } catch (IOException e) {
      throw IoFailures.of("prepare database", staged, e);
    }
  }

  /**
   * Copies all pages of {@code staged}, which {@link #fit fits}, into {@code live}; proves that it
   * happened.
   *
   * @param lastMoment runs once, under the write lock; when it throws, or never runs, the live one
   *     is not changed
   */
  public static void apply(Path staged, Path live, Runnable lastMoment, CopyProgress progress) {
    apply(staged, live, lastMoment, progress, Patience.DEFAULT);
  }

  static void apply(
      Path staged, Path live, Runnable lastMoment, CopyProgress progress, Patience patience) {
    requireWritable(live);
    try (Connection connection = Sqlite.openForReplacement(live)) {
      SqliteHeader header = requireHeader(staged);
      boolean wal = SqliteHeader.of(connection).wal();
      if (wal) {
        // A commit that is not synced is whole or not there after a crash; settleLog syncs it when
        // writers wait no more.
        setSynchronous(connection, "NORMAL");
      }
      Room room = new Room(staged, live);
      PageTransfer transfer =
          new HotTransfer(staged, connection, header, room, lastMoment, progress).run(patience);
      if (!transfer.isDone()) {
        throw notDone(room, transfer.isStarted());
      }
      if (wal) {
        settleLog(connection, live);
      }
      requireSameSchema(staged, live);
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, live, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, live, e);
    }
  }

  private static void setSynchronous(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous=" + mode);
    }
  }

  /**
   * Takes the new content from the log into the database at once, which hinders nobody: else the
   * next commit would have to, while its program waits. It is durable then, whatever others do.
   */
  private static void settleLog(Connection connection, Path live) throws IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      // The new content is whole in the log; whoever commits next tries again.
    }
    WriteAheadLog.of(live).sync();
  }

  /** SQLite would open it all the same, read-only. */
  private static void requireWritable(Path live) {
    if (!Files.isWritable(live)) {
      throw new EngineException(
              ErrorKind.ACCESS_DENIED, OPERATION, live, "the file may not be written")
          .withHint("check owner and mode of the file; this database was not changed");
    }
  }

  /** The driver does not tell why. */
  private static EngineException notDone(Room room, boolean started) throws IOException {
    Path live = room.live();
    if (!room.isEnough(started)) {
      return new EngineException(ErrorKind.NO_SPACE, OPERATION, live, "no space left on the device")
          .withHint("free some space and try again; this database was not changed");
    }
    if (started) {
      return new EngineException(
              ErrorKind.FAILED, OPERATION, live, "SQLite gave up while it wrote the new content")
          .withHint(
              "look for limits of the disk and for errors in the log of the system;"
                  + " this database was not changed");
    }
    return new EngineException(
            ErrorKind.BUSY, OPERATION, live, "SQLite did not take the new content")
        .withHint("another program holds a long transaction on it; this database was not changed");
  }

  /** Looks anew: a connection that has seen one text encoding cannot read another one. */
  private static void requireSameSchema(Path staged, Path live) throws SQLException {
    try (Connection expected = Sqlite.openStatic(staged);
        Connection found = Sqlite.openForReplacement(live)) {
      if (!SqliteQueries.schema(expected).equals(SqliteQueries.schema(found))) {
        throw new EngineException(
            ErrorKind.VERIFICATION_FAILED,
            OPERATION,
            live,
            "the tables are not those of the backup after the replacement");
      }
    }
  }

  private static void convert(Path staged, int pageSize) throws SQLException {
    // Also settles what is left when this was interrupted before.
    try (Connection connection = Sqlite.openForReplacement(staged);
        Statement statement = connection.createStatement()) {
      // The page size can be changed only outside of WAL mode, and takes effect with VACUUM.
      statement.execute("PRAGMA journal_mode=DELETE");
      if (SqliteQueries.number(connection, "PRAGMA page_size") != pageSize) {
        statement.execute("PRAGMA page_size=" + pageSize);
        statement.execute("VACUUM");
      }
    }
  }

  private static SqliteHeader liveHeader(Path live) throws SQLException {
    try (Connection connection = Sqlite.openForReplacement(live)) {
      return SqliteHeader.of(connection);
    }
  }

  private static SqliteHeader requireHeader(Path database) throws IOException {
    return SqliteHeader.read(database)
        .orElseThrow(
            () -> SqliteFailures.corrupt(OPERATION, database, "the file is not a SQLite database"));
  }
}
