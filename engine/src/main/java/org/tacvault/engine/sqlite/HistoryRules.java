package org.tacvault.engine.sqlite;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the tables of a history mean. A table that is not named here is a log: its rows stand for
 * themselves.
 *
 * @param states tables of what is so now, such as open sessions: what was so at the time of a
 *     backup is over
 * @param derived tables that follow from a log
 * @param marks columns of a log that say nothing of what happened and may be changed later
 */
record HistoryRules(Set<String> states, Set<String> derived, Map<String, Set<String>> marks) {
  /** Those of the TACACS+ server's accounting, metrics and audit. */
  static final HistoryRules SERVER =
      new HistoryRules(
          Set.of("active_sessions"),
          Set.of(DailyTotals.TOTALS, DailyTotals.USERS),
          Map.of(DailyTotals.LOG, Set.of("is_recent")));

  /** When a row of a log came about, in the order of preference. */
  static final List<String> TIMES = List.of("timestamp", "created_at");

  boolean isLog(String table) {
    String name = table.toLowerCase(Locale.ROOT);
    return !states.contains(name) && !derived.contains(name);
  }

  boolean isDerived(String table) {
    return derived.contains(table.toLowerCase(Locale.ROOT));
  }

  boolean isMark(String table, String column) {
    return marks
        .getOrDefault(table.toLowerCase(Locale.ROOT), Set.of())
        .contains(column.toLowerCase(Locale.ROOT));
  }
}
