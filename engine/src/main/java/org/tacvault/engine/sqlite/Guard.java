package org.tacvault.engine.sqlite;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * Keeps a database, which an enemy may have made, from doing more than hold rows
 * (https://www.sqlite.org/security.html). Functions with effects do not run from a schema, no
 * extension is loaded, values stay small, and what computes without end is stopped: a schema may
 * make SQLite compute in a check of integrity, by its generated columns and indexes.
 */
final class Guard extends ProgressHandler {
  /** The longest value that a reading connection takes up; longer ones are only copied. */
  static final int LONGEST_VALUE = 1 << 20;

  /** More than a hundred times what a full check of a megabyte takes. */
  private static final Duration PER_MEGABYTE = Duration.ofMillis(200);

  private static final Duration LEAST = Duration.ofSeconds(5);

  /** So few because one of them may be a search in a long text; these cost a check 5 %. */
  private static final int INSTRUCTIONS_BETWEEN_LOOKS = 100;

  private static final int LONGEST_SQL = 1 << 20;
  private static final int LONGEST_PATTERN = 1000;
  private static final int MOST_COLUMNS = 2000;

  private final long allowedNanos;
  private final boolean isCopy;
  private final long opened = System.nanoTime();
  private long processorAtFirst = -1;

  private Guard(Duration allowed, boolean isCopy) {
    this.allowedNanos = allowed.toNanos();
    this.isCopy = isCopy;
  }

  /** How long statements on a database of {@code bytes} may keep the processor busy. */
  static Duration allowance(long bytes) {
    return LEAST.plus(PER_MEGABYTE.multipliedBy(bytes >> 20));
  }

  /** For every connection: what a schema may do. */
  static void restrain(Connection connection) throws SQLException {
    SQLiteConnection driver = Sqlite.unwrap(connection);
    driver.getDatabase().enable_load_extension(false);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, MOST_COLUMNS);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA trusted_schema=OFF");
      statement.execute("PRAGMA cell_size_check=ON");
    }
  }

  /**
   * For connections that only read: also how much memory and time a statement may take.
   *
   * @param isCopy whether the thread's interruption stops it, too: checks of copies take long; who
   *     reads what is live is done soon, and may be the one who puts things back
   */
  static void watch(Connection connection, Duration allowed, boolean isCopy) throws SQLException {
    SQLiteConnection driver = Sqlite.unwrap(connection);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
    driver.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    setHandler(connection, INSTRUCTIONS_BETWEEN_LOOKS, new Guard(allowed, isCopy));
  }

  /** SQLite asks while it works; it gives up the statement unless the answer is 0. */
  @Override
  protected int progress() {
    return isCopy && Thread.currentThread().isInterrupted() || isUsedUp() ? 1 : 0;
  }

  /**
   * A slow disk or a busy machine is no attack: beyond the time allowed, the processor's counts.
   */
  private boolean isUsedUp() {
    if (System.nanoTime() - opened < allowedNanos) {
      return false;
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long processor = threads.getCurrentThreadCpuTime();
    if (processorAtFirst < 0) {
      processorAtFirst = processor;
    }
    return processor - processorAtFirst >= allowedNanos;
  }
}
