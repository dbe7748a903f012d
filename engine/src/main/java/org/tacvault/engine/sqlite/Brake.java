package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Stops a running page transfer between two of its steps, from inside its observer, where nothing
 * may be thrown: it locks the copy that is read, so that the next step is refused and SQLite rolls
 * the destination back. Everything that could fail is done when it is made.
 */
final class Brake implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;

  private Brake(Connection connection, Statement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** For a transfer from {@code staged}, a copy of ours with a rollback journal. */
  static Brake on(Path staged) throws SQLException {
    Connection connection = Sqlite.openForReplacement(staged);
    try {
      SqliteQueries.readSchema(connection);
      return new Brake(connection, connection.createStatement());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Lets no further step begin until this is closed. */
  void pull() throws SQLException {
    statement.execute("BEGIN EXCLUSIVE");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
