package org.tacvault.engine.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.tacvault.engine.io.Permissions;

/**
 * A database in the making: without journal and syncs while it is filled, because nobody else knows
 * it yet.
 */
final class SampleDatabase implements AutoCloseable {
  /** The journal modes that the Python server's databases have. */
  enum Journal {
    WAL,
    DELETE
  }

  private final Connection connection;

  private SampleDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Creates {@code file} (0600) with the tables of {@code schema}, a resource of this package. */
  static SampleDatabase create(Path file, String schema) throws IOException, SQLException {
    Files.createFile(file, Permissions.privateFile(file.getFileSystem()));
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      SampleDatabase database = new SampleDatabase(connection);
      database.execute("PRAGMA journal_mode=OFF");
      database.execute("PRAGMA synchronous=OFF");
      database.script(schema);
      connection.setAutoCommit(false);
      return database;
    } catch (IOException | SQLException e) {
      connection.close();
      throw e;
    }
  }

  Rows rows(String table, String columns) throws SQLException {
    return new Rows(connection, table, columns);
  }

  /** Runs all statements of {@code name}, a resource of this package. */
  void script(String name) throws IOException, SQLException {
    execute(resource(name));
  }

  /** Commits what was written and gives the file its final journal mode. */
  void finish(Journal journal) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
    execute("PRAGMA synchronous=FULL");
    String wanted = journal.name().toLowerCase(Locale.ROOT);
    try (Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode=" + wanted)) {
      if (!mode.next() || !mode.getString(1).equals(wanted)) {
        throw new SQLException("the database did not take journal mode " + wanted);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  static String resource(String name) throws IOException {
    try (InputStream in = SampleDatabase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("resource " + name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
