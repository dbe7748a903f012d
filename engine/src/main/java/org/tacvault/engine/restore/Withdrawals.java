package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.sqlite.ReadableDatabase;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowQuery;

/** Finds what was withdrawn from a live database since a backup of it. */
final class Withdrawals {
  private final ReadableDatabase live;
  private final ReadableDatabase backup;
  private final List<String> unknown = new ArrayList<>();

  /** Hears of each row from which something was withdrawn. */
  interface Listener {
    void row(NamedTable table, RowQuery query, Row backup, RowWithdrawal withdrawal);
  }

  private Withdrawals(ReadableDatabase live, ReadableDatabase backup) {
    this.live = live;
    this.backup = backup;
  }

  /**
   * Compares the databases that are archived as {@code member}, row by row.
   *
   * @param listener must not throw an {@link EngineException}
   * @return why not all of it can be known; mostly nothing
   */
  static List<String> find(
      String member, ReadableDatabase live, ReadableDatabase backup, Listener listener) {
    Withdrawals withdrawals = new Withdrawals(live, backup);
    for (NamedTable table : tables(member)) {
      try {
        withdrawals.find(table, listener);
      } catch (EngineException e) {
        withdrawals.unknown.add(table.table() + " cannot be compared: " + e.reason());
      }
    }
    return withdrawals.unknown;
  }

  /** The tables of {@code member} in which something can be withdrawn. */
  static List<NamedTable> tables(String member) {
    return NamedTable.of(member).stream()
        .filter(table -> !RowWithdrawal.columns(table.kind()).isEmpty())
        .toList();
  }

  private void find(NamedTable table, Listener listener) {
    Set<String> left = live.columns(table.table());
    Set<String> right = backup.columns(table.table());
    if (right.isEmpty()) {
      return;
    }
    Set<String> watched = new TreeSet<>(RowWithdrawal.columns(table.kind()));
    watched.addAll(table.key());
    watched.removeIf(column -> left.contains(column) && right.contains(column));
    if (!watched.isEmpty()) {
      unknown.add(
          left.isEmpty()
              ? "there is no table " + table.table()
              : table.table() + ": one side has no column " + String.join(", ", watched));
    }
    left.retainAll(right);
    if (left.containsAll(table.key())) {
      compare(table, left, listener);
    }
  }

  private void compare(NamedTable table, Set<String> columns, Listener listener) {
    RowQuery query =
        new RowQuery(
            table.table(),
            table.key(),
            new TreeSet<>(RowWithdrawal.columns(table.kind()))
                .stream().filter(columns::contains).map(RowQuery.Field::exact).toList(),
            null);
    ReadableDatabase.compare(
        live, backup, query, (now, then) -> row(table, query, now, then, listener));
  }

  private static void row(
      NamedTable table, RowQuery query, @Nullable Row now, @Nullable Row then, Listener listener) {
    if (then != null && (now == null || !now.values().equals(then.values()))) {
      RowWithdrawal found =
          RowWithdrawal.of(table.kind(), NamedRow.of(query, now), NamedRow.of(query, then));
      if (!found.what().isEmpty()) {
        listener.row(table, query, then, found);
      }
    }
  }
}
