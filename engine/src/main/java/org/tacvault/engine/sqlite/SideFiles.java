package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.FileReplacement;

/**
 * What SQLite keeps beside a database when whoever made it is dead. It is removed by SQLite itself,
 * under its locks: what somebody who lives is using stays. What cannot be settled now, because the
 * database is locked for long, cannot be written or is none, is left to whoever opens it next.
 */
public final class SideFiles {
  private SideFiles() {}

  /** Removes the empty log that a reader of {@code database} left who was killed. */
  public static void tidy(Path database) {
    Path file = follow(database);
    if (isEmptyLog(file) && Files.isWritable(file)) {
      attempt(() -> removeLog(file));
    }
  }

  /**
   * {@link #tidy}; and takes back what a writer with a rollback journal had begun who was killed.
   */
  public static void settle(Path database) {
    tidy(database);
    Path file = follow(database);
    if (Files.exists(Sqlite.sideFile(file, "-journal")) && Files.isWritable(file)) {
      attempt(() -> rollBack(file));
    }
  }

  static boolean isEmptyLog(Path database) {
    Path log = Sqlite.sideFile(database, "-wal");
    try {
      return Files.exists(log) && Files.size(log) == 0;
    } catch (IOException e) {
      throw IoFailures.of("close database", database, e);
    }
  }

  /**
   * The last connection that may write removes the side files; the log is empty, so nothing is
   * checkpointed, and when somebody else has it open nothing happens.
   */
  static void removeLog(Path database) throws SQLException {
    try (Connection last = Sqlite.openForReplacement(database)) {
      SqliteQueries.readSchema(last);
    }
  }

  private static void rollBack(Path database) throws SQLException {
    try (Connection connection = Sqlite.openForReplacement(database);
        Statement statement = connection.createStatement()) {
      // The first reader rolls back a journal of which the database needs something.
      SqliteQueries.readSchema(connection);
      if (!SqliteHeader.of(connection).wal()) {
        // Another one is removed when this connection, and nobody else, stops keeping journals.
        statement.execute("PRAGMA journal_mode=PERSIST");
        statement.execute("PRAGMA journal_mode=DELETE");
      }
    }
  }

  /** SQLite keeps them beside the file itself, not beside a link to it. */
  private static Path follow(Path database) {
    try {
      return FileReplacement.follow(database);
    } catch (IOException e) {
      throw IoFailures.of("tidy database", database, e);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (SQLException e) {
      // Nothing depends on it: SQLite does the same before anybody reads the database.
      return;
    }
  }
}
