package org.tacvault.engine.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConnection;

/** Opens connections in the few ways that this program needs, each under {@link Guard}. */
final class Sqlite {
  /** How long a statement waits for somebody else's lock. */
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

  /** The suffixes of the files that SQLite keeps beside a database. */
  static final String[] SIDE_FILES = {"-wal", "-shm", "-journal"};

  private Sqlite() {}

  /** Read-only on a live database; sees its {@code -wal}. */
  static Connection openLive(Path database) throws SQLException {
    return waiting(watched(uri(database, "mode=ro"), Guard.allowance(bytes(database)), false));
  }

  /**
   * Read-only on a copy that nobody writes: no side files are made. {@code immutable} ignores a
   * {@code -wal}, so there must be none.
   */
  static Connection openStatic(Path copy) throws SQLException {
    return openStatic(copy, Guard.allowance(bytes(copy)));
  }

  /**
   * @param allowed how long its statements may keep the processor busy; then they fail as {@code
   *     SQLITE_INTERRUPT}
   */
  static Connection openStatic(Path copy, Duration allowed) throws SQLException {
    if (Files.exists(sideFile(copy, "-wal"))) {
      throw new SQLException("a static copy has a -wal file: " + copy);
    }
    return watched(staticUri(copy), allowed, true);
  }

  /** A database without tables, for reading. */
  static Connection openNothing() throws SQLException {
    return watched(":memory:", Guard.allowance(0), true);
  }

  /** The name by which SQLite opens a copy that nobody writes, without making side files. */
  static String staticUri(Path copy) {
    return uri(copy, "mode=ro&immutable=1");
  }

  /** The name by which SQLite opens a live database for reading. */
  static String readOnlyUri(Path database) {
    return uri(database, "mode=ro");
  }

  /**
   * Read-only on a database of which another connection of this process holds the write lock and
   * has written nothing to the file yet: sees what was committed last.
   */
  static Connection openLocked(Path database) throws SQLException {
    return isReadable(database) ? openLive(database) : openStatic(database);
  }

  /** The name by which SQLite opens what {@link #openLocked} does. */
  static String lockedUri(Path database) throws SQLException {
    return isReadable(database) ? readOnlyUri(database) : staticUri(database);
  }

  /** With a rollback journal nobody may read under an exclusive lock. */
  private static boolean isReadable(Path database) throws SQLException {
    try (Connection connection = openLive(database)) {
      unwrap(connection).setBusyTimeout(0);
      SqliteQueries.readSchema(connection);
      return true;
    } catch (SQLException e) {
      if (resultCode(e) == SqliteFailures.BUSY) {
        return false;
      }
      throw e;
    }
  }

  /** A database of our own beside others of this run, made when it is not there; never synced. */
  static Connection openScratch(Path scratch) throws SQLException {
    return waiting(
        open(
            uri(scratch, "mode=rwc"),
            connection -> execute(connection, "journal_mode=OFF", "synchronous=OFF")));
  }

  static void attach(Connection connection, String uri, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("ATTACH ? AS " + schema)) {
      statement.setString(1, uri);
      statement.execute();
    }
  }

  /** The name by which SQLite opens a copy of ours that has a rollback journal, with locks. */
  static String copyUri(Path copy) {
    return uri(copy, "mode=ro");
  }

  /** For writing into an existing database; never checkpoints it on its own. */
  static Connection openForReplacement(Path database) throws SQLException {
    return waiting(
        open(uri(database, "mode=rw"), connection -> execute(connection, "wal_autocheckpoint=0")));
  }

  static SQLiteConnection unwrap(Connection connection) throws SQLException {
    return connection.unwrap(SQLiteConnection.class);
  }

  static Path sideFile(Path database, String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  /** SQLite's primary result code of {@code failure} (https://www.sqlite.org/rescode.html). */
  static int resultCode(SQLException failure) {
    return failure.getErrorCode() & 0xff;
  }

  private interface Setting {
    void apply(Connection connection) throws SQLException;
  }

  private static void execute(Connection connection, String... pragmas) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
    }
  }

  private static Connection watched(String name, Duration allowed, boolean isCopy)
      throws SQLException {
    return open(name, connection -> Guard.watch(connection, allowed, isCopy));
  }

  private static Connection open(String name, Setting setting) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + name);
    try {
      Guard.restrain(connection);
      setting.apply(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection waiting(Connection connection) throws SQLException {
    EagerWait.on(connection, BUSY_TIMEOUT);
    return connection;
  }

  /** Nothing when there is no such file: SQLite will say so. */
  private static long bytes(Path database) {
    return database.toFile().length();
  }

  private static String uri(Path database, String parameters) {
    return "file:" + escape(database) + "?" + parameters;
  }

  /** A path as the path of a {@code file:} URI (https://www.sqlite.org/uri.html). */
  private static String escape(Path database) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : database.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > ' ' && octet < 0x7f && "%?#&;+\"'".indexOf(octet) < 0;
      escaped.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff));
    }
    return escaped.toString();
  }
}
