package org.tacvault.engine.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.tacvault.engine.error.Interruption;

/**
 * Inserts the rows that were set aside, inside the transaction of a connection that has the live
 * database as {@code main} and the scratch database as {@code scratch}.
 */
final class HistoryInsertion {
  private static final int PIECE_ROWS = 5_000;

  private final Connection connection;
  private final CopyProgress progress;

  HistoryInsertion(Connection connection, CopyProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  void insert(List<HistoryComparison.Missing> missing) throws SQLException {
    for (HistoryComparison.Missing each : missing) {
      boolean isAbsent = each.table().live() == null;
      if (isAbsent) {
        execute(each.table().staged().sql());
      }
      if (each.count() > 0) {
        insert(each, isAbsent);
      }
    }
  }

  private void insert(HistoryComparison.Missing missing, boolean isAbsent) throws SQLException {
    HistoryTable table = missing.table();
    TableShape live =
        TableShape.read(connection, "main", table.name())
            .orElseThrow(() -> new SQLException("no such table: " + table.name()));
    String arrived = table.scratch("temp", "arrived");
    String taken = table.scratch("temp", "taken");
    execute("CREATE TEMP TABLE arrived" + table.number() + "(seq INTEGER PRIMARY KEY)");
    execute("CREATE TEMP TABLE taken" + table.number() + "(seq INTEGER PRIMARY KEY)");
    if (!isAbsent && !table.isKeyed() && live.rowid() != null) {
      findArrived(missing, live, arrived);
    }
    String offered = isOffered(table, "x") + " AND x.seq NOT IN (SELECT seq FROM " + arrived + ")";
    if (table.target().numbered()) {
      findTaken(table, live, taken, offered);
      String free = offered + " AND x.seq NOT IN (SELECT seq FROM " + taken + ")";
      insertRows(table, live, true, free);
      insertRows(table, live, false, "x.seq IN (SELECT seq FROM " + taken + ")");
    } else {
      insertRows(table, live, false, offered);
    }
    follow(table, offered);
  }

  /** Rows that somebody else wrote since the comparison and that are equal to some set aside. */
  private void findArrived(HistoryComparison.Missing missing, TableShape live, String arrived)
      throws SQLException {
    HistoryTable table = missing.table();
    String counts = table.scratch("temp", "counts");
    execute("CREATE TEMP TABLE counts" + table.number() + "(rep INTEGER,n INTEGER,t REAL)");
    String since = "l." + live.rowid() + ">" + missing.newestNumber();
    String offered = isOffered(table, "x");
    execute("INSERT INTO " + counts + " " + table.countLive(live, since, offered));
    String aside = table.scratch("scratch", "aside");
    execute("INSERT INTO " + arrived + " " + table.match(aside, counts, offered));
  }

  private void findTaken(HistoryTable table, TableShape live, String taken, String offered)
      throws SQLException {
    execute(
        "INSERT INTO %s SELECT x.seq FROM %s x CROSS JOIN %s l WHERE l.%s=x.id AND %s"
            .formatted(
                taken, table.scratch("scratch", "aside"), live.from(), live.rowid(), offered));
  }

  private static String isOffered(HistoryTable table, String row) {
    return row + ".seq NOT IN (SELECT seq FROM " + table.scratch("scratch", "matched") + ")";
  }

  private void insertRows(HistoryTable table, TableShape live, boolean numbered, String which)
      throws SQLException {
    String names =
        table.columns().stream().map(c -> quoted(live, c)).collect(Collectors.joining(","));
    String aside = table.scratch("scratch", "aside");
    String insert =
        ("INSERT INTO %s(%s%s) SELECT %s%s FROM %s x WHERE x.seq BETWEEN ? AND ? AND %s"
                + " ORDER BY x.seq ON CONFLICT DO NOTHING")
            .formatted(
                live.from(),
                numbered ? quoted(live, String.valueOf(live.alias())) + "," : "",
                names,
                numbered ? "x.id," : "",
                table.scratchColumns("x."),
                aside,
                which);
    long last = SqliteQueries.number(connection, "SELECT coalesce(max(seq),0) FROM " + aside);
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (long first = 1; first <= last; first += PIECE_ROWS) {
        Interruption.check("merge history", table.name());
        long end = Math.min(last, first + PIECE_ROWS - 1);
        statement.setLong(1, first);
        statement.setLong(2, end);
        statement.executeUpdate();
        progress.copied(end, last);
      }
    }
  }

  private static String quoted(TableShape live, String column) {
    TableShape.Column found = live.columns().get(column);
    if (found == null) {
      throw new IllegalStateException("no column " + column + " in " + live.name());
    }
    return SqliteQueries.quote(found.name());
  }

  private void follow(HistoryTable table, String offered) throws SQLException {
    List<String> needed = List.of("timestamp", "username");
    if (table.name().equalsIgnoreCase(DailyTotals.LOG) && table.columns().containsAll(needed)) {
      new DailyTotals(connection)
          .follow(
              "SELECT x.%s time,x.%s user FROM %s x WHERE %s"
                  .formatted(
                      table.scratchColumn("timestamp"),
                      table.scratchColumn("username"),
                      table.scratch("scratch", "aside"),
                      offered));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
