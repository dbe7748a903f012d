package org.tacvault.engine.catalog;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.Permissions;

/**
 * A SQLite file of our own in a home: the catalog, the jobs. Every piece of work has a connection
 * of its own, so that threads do not share one and nothing stays locked in between. The journal
 * mode is left as it is.
 */
public final class StateDatabase {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

  private final Path file;
  private final String name;
  private final String whenLost;

  /** Work on an open connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * @param name what people are told it is: {@code catalog}
   * @param whenLost what has to be done again when somebody moves a corrupt one away
   */
  public StateDatabase(Path file, String name, String whenLost) {
    this.file = file.toAbsolutePath().normalize();
    this.name = name;
    this.whenLost = whenLost;
  }

  public Path file() {
    return file;
  }

  /** Creates an empty file (0600) if there is none. */
  public void createIfMissing() {
    try {
      Permissions.createDirectories(file.getParent());
      Files.createFile(file, Permissions.privateFile(file.getFileSystem()));
    } catch (FileAlreadyExistsException e) {
      // It, or another process's, is what we wanted.
    } catch (IOException e) {
      throw IoFailures.of("create " + name, file, e);
    }
  }

  /** Runs statements that each stand for themselves. */
  public <T> T read(Work<T> work) {
    try (Connection connection = connect()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  /** Runs one transaction, which has the write lock from its beginning. */
  public <T> T write(Work<T> work) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      T result = runOrRollBack(connection, work);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw failure("write", e);
    }
  }

  private static <T> T runOrRollBack(Connection connection, Work<T> work) throws SQLException {
    try {
      return work.run(connection);
    } catch (SQLException | EngineException e) {
      connection.rollback();
      throw e;
    }
  }

  /** For libraries that make their own connections; these are like ours. */
  public DataSource dataSource() {
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl(url());
    return source;
  }

  /** The failure of the right kind, with a cure; {@code verb} is what was tried. */
  public EngineException failure(String verb, SQLException cause) {
    return SqlFailures.of(verb, name, file, whenLost, cause);
  }

  private Connection connect() throws SQLException {
    return config().createConnection(url());
  }

  private String url() {
    return "jdbc:sqlite:" + file.toUri();
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    // Without it, concurrent read-then-write transactions fail with SQLITE_BUSY_SNAPSHOT.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return config;
  }
}
