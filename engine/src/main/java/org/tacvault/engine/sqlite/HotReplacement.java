package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
  private static final int ALL_PAGES = -1;

  /** How often and how long to wait for somebody else's lock. */
  record Patience(int sleepMillis, int tries) {
    static final Patience DEFAULT = new Patience(50, 600);
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
   * cannot change that of a WAL database, and says nothing) and same journal mode (else the live
   * one would take the copy's). Changes {@code staged}.
   */
  public static void fit(Path staged, Path live) {
    try {
      SqliteHeader have = requireHeader(staged);
      SqliteHeader want = liveHeader(live);
      if (!have.equals(want)) {
        convert(staged, want);
      }
    } catch (SQLException e) {
      throw SqliteFailures.of("prepare database", staged, e);
    } catch (IOException e) {
      throw IoFailures.of("prepare database", staged, e);
    }
  }

  /** Copies all pages of {@code staged} into {@code live}; proves that it happened. */
  public static void apply(Path staged, Path live, CopyProgress progress) {
    apply(staged, live, progress, Patience.DEFAULT);
  }

  static void apply(Path staged, Path live, CopyProgress progress, Patience patience) {
    try (Connection connection = Sqlite.openForReplacement(live)) {
      SqliteHeader header = requireHeader(staged);
      PageTransfer transfer = new PageTransfer(header.pageSize(), progress, () -> {});
      Sqlite.unwrap(connection).setBusyTimeout(patience.sleepMillis());
      Sqlite.unwrap(connection)
          .getDatabase()
          .restore(
              "main",
              Sqlite.staticUri(staged),
              transfer,
              patience.sleepMillis(),
              patience.tries(),
              ALL_PAGES);
      if (!transfer.isDone()) {
        throw notDone(staged, live);
      }
      requireSameSchema(staged, connection, live);
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, live, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, live, e);
    }
  }

  /** The driver does not tell why. */
  private static EngineException notDone(Path staged, Path live) throws IOException {
    if (Files.getFileStore(live).getUsableSpace() < Files.size(staged)) {
      return new EngineException(ErrorKind.NO_SPACE, OPERATION, live, "no space left on the device")
          .withHint("free some space and try again; this database was not changed");
    }
    return new EngineException(
            ErrorKind.BUSY, OPERATION, live, "SQLite did not take the new content")
        .withHint("another program holds a long transaction on it; this database was not changed");
  }

  private static void requireSameSchema(Path staged, Connection live, Path livePath)
      throws SQLException {
    try (Connection expected = Sqlite.openStatic(staged)) {
      if (!SqliteQueries.schema(expected).equals(SqliteQueries.schema(live))) {
        throw new EngineException(
            ErrorKind.VERIFICATION_FAILED,
            OPERATION,
            livePath,
            "the tables are not those of the backup after the replacement");
      }
    }
  }

  private static void convert(Path staged, SqliteHeader want) throws SQLException {
    try (Connection connection = Sqlite.openForReplacement(staged);
        Statement statement = connection.createStatement()) {
      // The page size can be changed only outside of WAL mode, and takes effect with VACUUM.
      statement.execute("PRAGMA journal_mode=DELETE");
      if (SqliteQueries.number(connection, "PRAGMA page_size") != want.pageSize()) {
        statement.execute("PRAGMA page_size=" + want.pageSize());
        statement.execute("VACUUM");
      }
      if (want.wal()) {
        statement.execute("PRAGMA journal_mode=WAL");
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
