package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that only looks, and what is to be done when it has looked. */
final class Reading implements AutoCloseable {
  private final @Nullable Path file;
  private final Connection connection;
  private final Closing closing;
  private final Duration allowed;

  private Reading(@Nullable Path file, Connection connection, Closing closing, Duration allowed) {
    this.file = file;
    this.allowed = allowed;
    this.connection = connection;
    this.closing = closing;
  }

  private interface Closing {
    void close() throws SQLException;
  }

  /** Through a connection of our own to what nobody else has open. */
  static Reading own(Connection connection, Duration allowed) {
    return new Reading(null, connection, connection::close, allowed);
  }

  /**
   * A live database, as it is now or, with a rollback journal, query by query: no lock on that
   * outlasts a query.
   *
   * @param scratch where it is copied to when it cannot be read in place without a trace
   */
  static Reading live(Path database, Path scratch) throws SQLException, IOException {
    if (isLeftBehind(database)) {
      return aside(database, scratch);
    }
    try {
      LiveReader reader = LiveReader.open(database);
      return pinned(database, reader.connection(), reader::close, reader.header().wal());
    } catch (SQLException e) {
      if (LiveReader.cannotReadInPlace(e)) {
        return aside(database, scratch);
      }
      throw e;
    }
  }

  /** Where a live database is read: itself, or a copy aside; none of what is no live one. */
  @Nullable Path file() {
    return file;
  }

  /** The time for the next question begins now: between two, this thread may have worked long. */
  void renew() throws SQLException {
    Guard.watch(connection, allowed, file == null);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    closing.close();
  }

  /** Whoever has a WAL database open keeps a {@code -shm}; a log without one is of the dead. */
  private static boolean isLeftBehind(Path database) throws IOException {
    Path wal = Sqlite.sideFile(database, "-wal");
    return Files.exists(wal)
        && Files.size(wal) > 0
        && !Files.exists(Sqlite.sideFile(database, "-shm"));
  }

  private static Reading aside(Path database, Path scratch) throws SQLException, IOException {
    LiveReader reader = LiveReader.openAside(database, scratch);
    try {
      return pinned(reader.database(), reader.connection(), () -> closeAndDelete(reader), true);
    } catch (SQLException e) {
      SqliteFiles.deleteQuietly(reader.database());
      throw e;
    }
  }

  private static void closeAndDelete(LiveReader reader) throws SQLException {
    try (reader) {
      reader.connection().setAutoCommit(true);
    } finally {
      SqliteFiles.deleteQuietly(reader.database());
    }
  }

  private static Reading pinned(Path file, Connection connection, Closing closing, boolean pin)
      throws SQLException {
    try {
      if (pin) {
        connection.setAutoCommit(false);
        SqliteQueries.readSchema(connection);
      }
      return new Reading(file, connection, closing, Guard.allowance(file.toFile().length()));
    } catch (SQLException e) {
      closing.close();
      throw e;
    }
  }
}
