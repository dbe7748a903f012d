package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A read-only connection to a database of somebody else that leaves nothing behind. SQLite makes an
 * empty {@code -wal} and a {@code -shm} for the first reader of an idle WAL database, and a
 * read-only connection cannot remove them.
 */
public final class LiveReader implements AutoCloseable {
  private final Path database;
  private final boolean idleBefore;
  private final Connection connection;

  private LiveReader(Path database, boolean idleBefore, Connection connection) {
    this.database = database;
    this.idleBefore = idleBefore;
    this.connection = connection;
  }

  /** Opens {@code database} and makes sure that it can be read. */
  public static LiveReader open(Path database) throws SQLException {
    boolean idleBefore = !Files.exists(Sqlite.sideFile(database, "-wal"));
    LiveReader reader = new LiveReader(database, idleBefore, Sqlite.openLive(database));
    try {
      SqliteQueries.readSchema(reader.connection);
      return reader;
    } catch (SQLException e) {
      reader.closeAfter(e);
      throw e;
    }
  }

  /**
   * Opens a private copy of a database that cannot be read in place: its directory cannot be
   * written, or a dead writer left a journal that only somebody who may write can settle.
   *
   * @param scratch a private directory for the copy, which the caller removes
   * @throws IOException also when somebody is writing to the database
   */
  static LiveReader openAside(Path database, Path scratch) throws SQLException, IOException {
    Path copy = SqliteFiles.copyAside(database, scratch);
    try (Connection settling = Sqlite.openForReplacement(copy)) {
      SqliteQueries.readSchema(settling);
      return open(copy);
    } catch (SQLException e) {
      SqliteFiles.deleteQuietly(copy);
      throw e;
    }
  }

  /** Whether {@link #openAside} may do what {@link #open} could not. */
  static boolean cannotReadInPlace(SQLException failure) {
    int code = Sqlite.resultCode(failure);
    return code == SqliteFailures.CANTOPEN || code == SqliteFailures.READONLY;
  }

  Path database() {
    return database;
  }

  SqliteHeader header() throws SQLException {
    return SqliteHeader.of(connection);
  }

  public Connection connection() {
    return connection;
  }

  /** Keeps what is there now visible to this connection, whatever others commit. */
  public void beginReading() throws SQLException {
    connection.setAutoCommit(false);
    SqliteQueries.readSchema(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    // One that was empty before may be left by a reader that was killed.
    if (SideFiles.isEmptyLog(database) && (idleBefore || Files.isWritable(database))) {
      SideFiles.removeLog(database);
    }
  }

  private void closeAfter(SQLException failure) {
    try {
      close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
