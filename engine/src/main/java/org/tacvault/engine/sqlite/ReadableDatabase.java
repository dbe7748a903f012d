package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;

/**
 * A database to be looked at: what tables, columns and rows it has. Nothing in it or beside it is
 * changed. Memory does not grow with the number of rows; a value of more than 1 MiB is not read,
 * the query fails.
 *
 * <p>A live WAL database is seen as it was when it was opened, which hinders no writer. A live
 * rollback-journal database is seen query by query, because a lasting view would keep writers out.
 */
public final class ReadableDatabase implements AutoCloseable {
  private static final String OPERATION = "read database";

  private final Path path;
  private final Reading reading;
  private final Connection connection;

  private ReadableDatabase(Path path, Reading reading) {
    this.path = path;
    this.reading = reading;
    this.connection = reading.connection();
  }

  private interface Question<T> {
    T answer() throws SQLException;
  }

  /**
   * A database that others may be writing.
   *
   * @param scratch a private directory; a copy is put there for as long as this is open when SQLite
   *     cannot read a WAL database in place without leaving a file behind: its last writer died, or
   *     its directory cannot be written
   * @throws EngineException {@code VERIFICATION_FAILED} when it is no database, {@code
   *     ACCESS_DENIED}, {@code BUSY}
   */
  public static ReadableDatabase openLive(Path live, Path scratch) {
    try {
      // SQLite keeps its side files beside the file itself, not beside a link to it.
      Path real = live.toRealPath();
      if (Files.size(real) == 0) {
        throw SqliteFailures.corrupt(OPERATION, live, "the file is empty (0 bytes)");
      }
      return new ReadableDatabase(live, Reading.live(real, scratch));
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, live, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, live, e);
    }
  }

  /** A copy that nobody writes. */
  public static ReadableDatabase openCopy(Path copy) {
    try {
      return new ReadableDatabase(
          copy, Reading.own(Sqlite.openStatic(copy), Guard.allowance(copy.toFile().length())));
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, copy, e);
    }
  }

  /** What stands for the database at {@code path} while there is none: it has no tables. */
  public static ReadableDatabase absent(Path path) {
    try {
      return new ReadableDatabase(path, Reading.own(Sqlite.openNothing(), Guard.allowance(0)));
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, path, e);
    }
  }

  /** Rows of every table in the order of the tables' names, those of SQLite itself left out. */
  public Map<String, Long> tables() {
    return ask(
        () -> {
          Map<String, Long> counts = SqliteQueries.tableCounts(connection);
          counts.keySet().removeIf(name -> name.startsWith("sqlite_"));
          return counts;
        });
  }

  /** Whether the structure of all pages and rows is right. */
  public boolean isSound() {
    try {
      reading.renew();
      return SqliteQueries.texts(connection, "PRAGMA quick_check(1)").equals(List.of("ok"));
    } catch (SQLException e) {
      if (Sqlite.resultCode(e) == SqliteFailures.CORRUPT) {
        return false;
      }
      throw SqliteFailures.of(OPERATION, path, e);
    }
  }

  /**
   * Names of the columns of {@code table} that hold values, not of those that a schema computes;
   * none when there is no such table.
   */
  public Set<String> columns(String table) {
    return ask(() -> new HashSet<>(columnNames(table, " WHERE hidden NOT IN (2, 3)")));
  }

  /** Everything that has a name, columns of tables included. */
  public SortedSet<SchemaItem> schema() {
    return ask(
        () -> {
          SortedSet<SchemaItem> items = new TreeSet<>();
          for (SchemaItem.Kind kind : SchemaItem.Kind.values()) {
            names(kind).forEach(name -> items.add(new SchemaItem(kind, name)));
          }
          for (String table : names(SchemaItem.Kind.TABLE)) {
            columnNames(table, "").forEach(column -> items.add(SchemaItem.column(table, column)));
          }
          return items;
        });
  }

  /**
   * Tells {@code listener} of every row that is in {@code before}, in {@code after} or in both. A
   * table that is missing on one side has no rows there.
   *
   * @throws EngineException {@code VERIFICATION_FAILED} when the rows have no unique text keys
   */
  public static void compare(
      ReadableDatabase before, ReadableDatabase after, RowQuery query, RowListener listener) {
    before.requireUtf8(query);
    after.requireUtf8(query);
    try (RowCursor left = before.cursor(query);
        RowCursor right = after.cursor(query)) {
      while (left.current() != null || right.current() != null) {
        int order = RowCursor.compare(left.current(), right.current());
        listener.row(order <= 0 ? left.current() : null, order >= 0 ? right.current() : null);
        if (order <= 0) {
          left.advance();
        }
        if (order >= 0) {
          right.advance();
        }
      }
    } catch (SQLException e) {
      throw SqliteFailures.of("compare " + query.table() + " of", before.path, e);
    }
  }

  /**
   * How the logs of this live database differ from those of {@code copy}, by content; tables
   * without a difference are left out.
   *
   * @param scratch a private directory for what must be set aside meanwhile
   * @param refused hears which tables cannot be compared, and why
   */
  public List<HistoryDifference> differences(
      Path copy, Path scratch, BiConsumer<String, EngineException> refused) {
    Path file = Objects.requireNonNull(reading.file(), "a live database");
    return ask(() -> HistoryMerge.compare(file, copy, scratch, refused));
  }

  private RowCursor cursor(RowQuery query) throws SQLException {
    reading.renew();
    boolean exists = !columnNames(query.table(), "").isEmpty();
    return new RowCursor(path, connection, query, exists ? query.sql() : "SELECT 1 WHERE 0");
  }

  /** Other encodings sort otherwise than this program does. */
  private void requireUtf8(RowQuery query) {
    String encoding = ask(() -> SqliteQueries.text(connection, "PRAGMA encoding"));
    if (!encoding.equals("UTF-8")) {
      throw new EngineException(
          ErrorKind.VERIFICATION_FAILED,
          "compare " + query.table() + " of",
          path,
          "its texts are in " + encoding + ", not in UTF-8");
    }
  }

  /**
   * The statements of indexes, triggers and views, with white space as {@link Definition} has it.
   */
  public Map<SchemaItem, String> definitions() {
    return ask(
        () -> {
          Map<SchemaItem, String> definitions = new HashMap<>();
          for (SchemaItem.Kind kind : Definition.KINDS) {
            for (String name : names(kind)) {
              definitions.put(new SchemaItem(kind, name), Definition.of(connection, kind, name));
            }
          }
          return definitions;
        });
  }

  private List<String> names(SchemaItem.Kind kind) throws SQLException {
    return SqliteQueries.texts(
        connection,
        "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' AND type='"
            + kind.id()
            + "'");
  }

  /** None of what is no table of rows: to describe it, SQLite would run it. */
  private List<String> columnNames(String table, String where) throws SQLException {
    if (!SqliteQueries.hasTable(connection, table)) {
      return List.of();
    }
    return SqliteQueries.texts(
        connection,
        "SELECT name FROM pragma_table_xinfo('" + table.replace("'", "''") + "')" + where);
  }

  private <T> T ask(Question<T> question) {
    try {
      reading.renew();
      return question.answer();
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, path, e);
    }
  }

  @Override
  public void close() {
    try {
      reading.close();
    } catch (SQLException e) {
      throw SqliteFailures.of("close database", path, e);
    }
  }
}
