package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the rows of each log are numbered when a restore has put its content in place: rows that
 * come later have higher numbers. Logs whose rows have no numbers are not in it.
 *
 * @param numbers the highest by table, whose name is in lower case
 */
public record HistoryMark(SortedMap<String, Long> numbers) {
  private static final long BEFORE_ALL = Long.MIN_VALUE;

  public HistoryMark {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  /** Of {@code copy}, a checked copy that nobody writes, which becomes the content. */
  public static HistoryMark of(Path copy) {
    try (Connection connection = Sqlite.openStatic(copy)) {
      return of(connection);
    } catch (SQLException e) {
      throw SqliteFailures.ofCopy("read history", copy, e);
    }
  }

  /** Of what {@code connection} sees as {@code main}, its own unfinished transaction included. */
  static HistoryMark of(Connection connection) throws SQLException {
    SortedMap<String, Long> numbers = new TreeMap<>();
    for (String name : HistoryScratch.tables(connection, "main")) {
      Optional<TableShape> table =
          HistoryRules.SERVER.isLog(name)
              ? TableShape.read(connection, "main", name)
              : Optional.empty();
      if (table.isPresent() && table.get().rowid() != null) {
        String newest =
            "SELECT coalesce(max(%s),%d) FROM %s"
                .formatted(table.get().rowid(), BEFORE_ALL, table.get().from());
        numbers.put(name.toLowerCase(Locale.ROOT), SqliteQueries.number(connection, newest));
      }
    }
    return new HistoryMark(numbers);
  }

  /** All rows of a table that was not there are later ones. */
  long of(String table) {
    return numbers.getOrDefault(table.toLowerCase(Locale.ROOT), BEFORE_ALL);
  }
}
