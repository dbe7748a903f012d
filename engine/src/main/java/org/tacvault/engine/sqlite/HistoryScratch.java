package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.tacvault.engine.error.IoFailures;

/**
 * A database of our own in which a live database and one of a backup are compared: itself as {@code
 * main}, and the two, read-only, as {@code live} and {@code staged}. What is in the backup is only
 * read: its triggers and views never run. Removed when closed.
 */
final class HistoryScratch implements AutoCloseable {
  private static final String OPERATION = "compare history";
  private static final int CACHE_KIB = 64 << 10;

  private final Path directory;
  private final Connection connection;

  private HistoryScratch(Path directory, Connection connection) {
    this.directory = directory;
    this.connection = connection;
  }

  /**
   * @param parent a private directory, in which a new one is made meanwhile
   */
  static HistoryScratch open(Path live, Path staged, Path parent) throws SQLException {
    Path directory;
    try {
      directory = Files.createTempDirectory(parent, "history-");
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, parent, e);
    }
    try {
      return new HistoryScratch(directory, connect(live, staged, directory));
    } catch (SQLException | RuntimeException e) {
      remove(directory);
      throw e;
    }
  }

  private static Connection connect(Path live, Path staged, Path directory) throws SQLException {
    String encoding = encoding(Sqlite.openLive(live));
    Path readable = staged;
    if (!encoding(Sqlite.openStatic(staged)).equals(encoding)) {
      readable = directory.resolve("backup.db");
      Transcoding.copy(staged, readable, encoding);
    }
    Connection connection = Sqlite.openScratch(file(directory));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding='" + encoding + "'");
      statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
      Sqlite.attach(connection, Sqlite.readOnlyUri(live), "live");
      Sqlite.attach(connection, Sqlite.staticUri(readable), "staged");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Of what {@code connection} has open, which is closed. */
  static String encoding(Connection connection) throws SQLException {
    try (connection) {
      return SqliteQueries.text(connection, "PRAGMA encoding");
    }
  }

  /** Ordinary tables of {@code schema} that are not SQLite's own. */
  static List<String> tables(Connection connection, String schema) throws SQLException {
    return SqliteQueries.texts(
        connection,
        "SELECT name FROM "
            + schema
            + ".sqlite_master WHERE type='table' AND rootpage>0"
            + " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name");
  }

  Connection connection() {
    return connection;
  }

  /** Where the scratch tables lie, for whoever attaches them after {@link #release}. */
  Path file() {
    return file(directory);
  }

  /** Lets go of the live database; what was set aside stays. */
  void release() throws SQLException {
    connection.close();
  }

  private static Path file(Path directory) {
    return directory.resolve("scratch.db");
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      remove(directory);
    }
  }

  private static void remove(Path directory) {
    SqliteFiles.deleteQuietly(file(directory));
    SqliteFiles.deleteQuietly(directory.resolve("backup.db"));
    try {
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, directory, e);
    }
  }
}
