package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;

/**
 * Finds the rows that a live history and that of a backup do not have in common, as multisets: of
 * two equal rows in the backup and one live, one is missing. Rows of the same number are compared
 * first, which cancels nearly all of a history that only went on; the rest is looked up by content.
 *
 * <p>Works in pieces, so that a database with a rollback journal is never locked for long; memory
 * does not grow with the rows.
 */
final class HistoryComparison {
  private static final int PIECE_ROWS = 50_000;

  private final Connection connection;
  private final HistoryRules rules;

  HistoryComparison(HistoryScratch scratch, HistoryRules rules) {
    this.connection = scratch.connection();
    this.rules = rules;
  }

  /**
   * What of a log was found missing and set aside.
   *
   * @param newestNumber the highest row number that was live before
   */
  record Missing(HistoryTable table, long count, long newestNumber) {}

  /** Sets aside what a merge would bring back; {@code REFUSED} when a table cannot be merged. */
  List<Missing> missing() throws SQLException {
    List<Missing> missing = new ArrayList<>();
    List<HistoryTable> tables =
        tables(
            (table, refusal) -> {
              throw refusal;
            });
    for (HistoryTable table : tables) {
      missing.add(setAside(table, false));
    }
    return missing;
  }

  /**
   * Counts what the two do not have in common; tables without differences are left out.
   *
   * @param refused hears which tables cannot be compared, and why
   */
  List<HistoryDifference> differences(BiConsumer<String, EngineException> refused)
      throws SQLException {
    List<HistoryDifference> differences = new ArrayList<>();
    for (HistoryTable table : tables(refused)) {
      differences.add(difference(table));
    }
    for (String name : HistoryScratch.tables(connection, "live")) {
      if (rules.isLog(name) && TableShape.read(connection, "staged", name).isEmpty()) {
        differences.add(onlyLive(TableShape.read(connection, "live", name).orElseThrow()));
      }
    }
    differences.removeIf(d -> d.missing() + d.conflicting() + d.newer() == 0 && !d.absent());
    return differences;
  }

  private List<HistoryTable> tables(BiConsumer<String, EngineException> refused)
      throws SQLException {
    List<HistoryTable> tables = new ArrayList<>();
    for (String name : HistoryScratch.tables(connection, "staged")) {
      if (rules.isLog(name)) {
        TableShape staged = TableShape.read(connection, "staged", name).orElseThrow();
        Optional<TableShape> live = TableShape.read(connection, "live", name);
        try {
          requireTable(name, live, staged);
          tables.add(HistoryTable.of(tables.size(), live, staged, rules));
        } catch (EngineException e) {
          refused.accept(name, e);
        }
      }
    }
    return tables;
  }

  /** What is missing is made anew, but only from a statement that can do nothing else. */
  private void requireTable(String name, Optional<TableShape> live, TableShape staged)
      throws SQLException {
    String used =
        SqliteQueries.text(
            connection,
            "SELECT type FROM live.sqlite_master WHERE lower(name)='"
                + name.toLowerCase(Locale.ROOT).replace("'", "''")
                + "'");
    if (live.isEmpty() && (!used.isEmpty() || !PlainTable.isPlain(staged.sql()))) {
      throw new EngineException(
              ErrorKind.REFUSED,
              "merge table",
              name,
              used.isEmpty()
                  ? "there is no such table now, and the one in the backup is not a plain one"
                  : "what has this name now is no table: " + used)
          .withHint("--history replace restores it as it was");
    }
  }

  private HistoryDifference difference(HistoryTable table) throws SQLException {
    Missing missing = setAside(table, true);
    TableShape live = table.live();
    long conflicts = 0;
    if (live != null && table.isKeyed()) {
      for (Piece piece : pieces(table.staged())) {
        conflicts += number(table.countConflicts(piece.condition("s")));
      }
    }
    TimedRows newer = live == null ? new TimedRows(0, null) : newer(table);
    return new HistoryDifference(
        table.name(), missing.count(), conflicts, newer.count(), newer.newest(), live == null);
  }

  private HistoryDifference onlyLive(TableShape live) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*),max(%s) FROM %s l"
                    .formatted(HistoryTable.time(live), live.from()))) {
      result.next();
      return new HistoryDifference(live.name(), 0, 0, result.getLong(1), instant(result, 2), false);
    }
  }

  private Missing setAside(HistoryTable table, boolean countLive) throws SQLException {
    for (String statement : table.createScratch()) {
      execute(statement);
    }
    TableShape live = table.live();
    long newestNumber =
        live == null || live.rowid() == null
            ? Long.MAX_VALUE
            : number(
                "SELECT coalesce(max(%s),%d) FROM %s"
                    .formatted(live.rowid(), Long.MIN_VALUE, live.from()));
    for (Piece piece : pieces(table.staged())) {
      execute(table.setAside(piece.condition("s"), newestNumber));
    }
    String counts = table.scratch("main", "counts");
    execute("CREATE TABLE " + counts + "(rep INTEGER,n INTEGER,t REAL)");
    String aside = table.scratch("main", "aside");
    long found = number("SELECT count(*) FROM " + aside);
    if (live != null && (countLive || found > 0 && !table.isKeyed())) {
      boolean allFound = found == 0 && !table.isKeyed();
      for (Piece piece : pieces(live)) {
        String rows =
            "%s AND %s AND %s"
                .formatted(
                    piece.condition("l"),
                    table.isBefore(newestNumber),
                    table.isNotInBackup(allFound));
        execute("INSERT INTO " + counts + " " + table.countLive(live, rows, "1"));
      }
      if (!table.isKeyed()) {
        String matched = table.scratch("main", "matched");
        execute("INSERT INTO " + matched + " " + table.match(aside, counts, "1"));
        found -= number("SELECT count(*) FROM " + matched);
      }
    }
    return new Missing(table, found, newestNumber);
  }

  /** Live rows that found no equal among those set aside. */
  private TimedRows newer(HistoryTable table) throws SQLException {
    String counts = table.scratch("main", "counts");
    long rows =
        number("SELECT coalesce(sum(n),0) FROM " + counts)
            - number("SELECT count(*) FROM " + table.scratch("main", "matched"));
    // Of several equal rows, some of which are in the backup, one is as new as the other.
    String latest = "SELECT max(t) FROM " + counts + " WHERE rep IS NULL OR n>1";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(latest)) {
      result.next();
      return new TimedRows(rows, rows == 0 ? null : instant(result, 1));
    }
  }

  private static @Nullable Instant instant(ResultSet result, int column) throws SQLException {
    double seconds = result.getDouble(column);
    return result.wasNull() ? null : Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  /** Rows of a table by their numbers, both included; all rows when it has none. */
  private record Piece(@Nullable String rowid, long first, long last) {
    String condition(String row) {
      return rowid == null ? "1" : "%s.%s BETWEEN %d AND %d".formatted(row, rowid, first, last);
    }
  }

  private List<Piece> pieces(TableShape table) throws SQLException {
    String rowid = table.rowid();
    if (rowid == null) {
      return List.of(new Piece(null, 0, 0));
    }
    List<Piece> pieces = new ArrayList<>();
    String next =
        "SELECT %1$s FROM %2$s WHERE %1$s>=? ORDER BY %1$s LIMIT 1 OFFSET %3$d"
            .formatted(rowid, table.from(), PIECE_ROWS);
    long first = Long.MIN_VALUE;
    try (PreparedStatement statement = connection.prepareStatement(next)) {
      while (true) {
        Interruption.check("compare history", table.name());
        statement.setLong(1, first);
        try (ResultSet result = statement.executeQuery()) {
          if (!result.next()) {
            pieces.add(new Piece(rowid, first, Long.MAX_VALUE));
            return pieces;
          }
          pieces.add(new Piece(rowid, first, result.getLong(1) - 1));
          first = result.getLong(1);
        }
      }
    }
  }

  private long number(String query) throws SQLException {
    return SqliteQueries.number(connection, query);
  }

  private void execute(String sql) throws SQLException {
    Interruption.check("compare history", "a table");
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
