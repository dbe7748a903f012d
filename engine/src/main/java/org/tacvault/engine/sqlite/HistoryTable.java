package org.tacvault.engine.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/**
 * A log on both sides, and the SQL that compares it. In a query {@code l} is a live row, {@code s}
 * one of the backup, and {@code x} one of the backup's that has been set aside because the live
 * database has no row of that number and content, or of that key.
 *
 * @param number tells its scratch tables from those of others
 * @param live none when there is no such table
 * @param columns names in lower case of those that both sides have; a number that only counts the
 *     rows is left out
 * @param marks those of them that are copied but not compared
 */
record HistoryTable(
    int number,
    @Nullable TableShape live,
    TableShape staged,
    List<String> columns,
    List<String> marks) {
  static HistoryTable of(
      int number, Optional<TableShape> live, TableShape staged, HistoryRules rules) {
    TableShape target = live.orElse(staged);
    List<String> columns = new ArrayList<>(target.columns().keySet());
    columns.retainAll(staged.columns().keySet());
    if (target.numbered()) {
      columns.remove(target.alias());
    }
    List<String> marks = columns.stream().filter(c -> rules.isMark(target.name(), c)).toList();
    HistoryTable table = new HistoryTable(number, live.orElse(null), staged, columns, marks);
    table.requireMergeable(target);
    return table;
  }

  String name() {
    return target().name();
  }

  /** What takes the rows: the live table, or one that is made like that of the backup. */
  TableShape target() {
    return live == null ? staged : live;
  }

  /** Whether rows are told apart by a key; else by all that they hold. */
  boolean isKeyed() {
    return !target().key().isEmpty() && !target().numbered();
  }

  /** The scratch table {@code kind} of this log in {@code schema}. */
  String scratch(String schema, String kind) {
    return schema + "." + kind + number;
  }

  /** Makes the table of the rows that are set aside, with the affinities of the live columns. */
  List<String> createScratch() {
    List<String> definitions = new ArrayList<>();
    List<String> compared = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      String column = columns.get(index);
      Map<String, TableShape.Column> shapes = target().columns();
      definitions.add("c" + index + " " + shapes.get(column).affinity());
      if (!marks.contains(column)) {
        compared.add("c" + index);
      }
    }
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE %s(seq INTEGER PRIMARY KEY,id INTEGER,%s)"
            .formatted(scratch("main", "aside"), String.join(",", definitions)));
    statements.add(
        "CREATE TABLE %s(seq INTEGER PRIMARY KEY)".formatted(scratch("main", "matched")));
    if (!isKeyed()) {
      statements.add(
          "CREATE INDEX main.content%d ON aside%d(%s)"
              .formatted(number, number, String.join(",", compared)));
    }
    return statements;
  }

  /**
   * Sets aside the rows of the backup in {@code range} that the live table has not.
   *
   * @param newestNumber of the live rows that count: those that come meanwhile are for later
   */
  String setAside(String range, long newestNumber) {
    return "INSERT INTO %s(id,%s) SELECT %s,%s FROM %s s WHERE %s AND %s"
        .formatted(
            scratch("main", "aside"),
            scratchColumns(""),
            staged.rowid() == null ? "NULL" : "s." + staged.rowid(),
            columns.stream().map(c -> staged.column("s", c)).collect(Collectors.joining(",")),
            staged.from(),
            range,
            live == null
                ? "1"
                : "NOT "
                    + existsLive(
                        isKeyed() ? "1" : isBefore(newestNumber) + " AND " + sameContent()));
  }

  /** Whether a live row was there when the comparison began. */
  String isBefore(long newestNumber) {
    return isKeyed() || live == null || live.rowid() == null
        ? "1"
        : "l." + live.rowid() + "<=" + newestNumber;
  }

  /** Rows of the backup whose key is that of another live row. */
  String countConflicts(String range) {
    return "SELECT count(*) FROM %s s WHERE %s AND %s"
        .formatted(staged.from(), range, existsLive("NOT (" + sameContent() + ")"));
  }

  /**
   * Live rows that the backup has not, for each set of equal rows that are set aside: {@code rep,
   * n, t} with the first of the set, or none, how many, and the time of the newest.
   *
   * @param rows what else they must be
   * @param offered what else the rows must be that are set aside
   */
  String countLive(TableShape from, String rows, String offered) {
    String first =
        isKeyed()
            ? "NULL"
            : "(SELECT x.seq FROM %s x WHERE %s AND %s ORDER BY x.seq LIMIT 1)"
                .formatted(
                    "main".equals(from.schema()) ? scratch("scratch", "aside") : aside(),
                    asideIs(column -> from.column("l", column)),
                    offered);
    return "SELECT rep,count(*) n,max(t) t FROM (SELECT %s rep,%s t FROM %s l WHERE %s) GROUP BY rep"
        .formatted(first, time(from), from.from(), rows);
  }

  /**
   * Whether a live row is not in the backup with the same number, or key, and content.
   *
   * @param allFound whether every row of the backup was: then the number tells
   */
  String isNotInBackup(boolean allFound) {
    return hasCommonNumbers()
        ? "NOT EXISTS (SELECT 1 FROM %s s WHERE %s AND %s)"
            .formatted(staged.from(), sameIdentity(), allFound ? "1" : sameContent())
        : "1";
  }

  /**
   * Of every set in {@code counts} as many rows as there are live ones: they are there already.
   *
   * @param aside where the rows lie
   * @param offered what else the rows must be that are set aside
   */
  String match(String aside, String counts, String offered) {
    String same =
        IntStream.range(0, columns.size())
            .filter(index -> !marks.contains(columns.get(index)))
            .mapToObj(index -> "x.c%d IS r.c%d".formatted(index, index))
            .collect(Collectors.joining(" AND "));
    return ("SELECT seq FROM (SELECT x.seq seq,h.n n,"
            + "row_number() OVER (PARTITION BY h.rep ORDER BY x.seq) place"
            + " FROM (SELECT rep,sum(n) n FROM %s WHERE rep IS NOT NULL GROUP BY rep) h"
            + " CROSS JOIN %s r ON r.seq=h.rep CROSS JOIN %s x ON %s AND %s) WHERE place<=n")
        .formatted(counts, aside, aside, same, offered);
  }

  /** {@code c0,c1,...}, each after {@code prefix}. */
  String scratchColumns(String prefix) {
    return IntStream.range(0, columns.size())
        .mapToObj(index -> prefix + "c" + index)
        .collect(Collectors.joining(","));
  }

  /** The scratch column that holds {@code column}. */
  String scratchColumn(String column) {
    return "c" + columns.indexOf(column);
  }

  private String aside() {
    return scratch("main", "aside");
  }

  private interface Naming {
    String of(String column);
  }

  private String asideIs(Naming live) {
    return IntStream.range(0, columns.size())
        .filter(index -> !marks.contains(columns.get(index)))
        .mapToObj(index -> "x.c" + index + " IS " + live.of(columns.get(index)))
        .collect(Collectors.joining(" AND "));
  }

  private String existsLive(String condition) {
    if (!hasCommonNumbers()) {
      return "EXISTS (SELECT 1 WHERE 0)";
    }
    return "EXISTS (SELECT 1 FROM %s l WHERE %s AND %s)"
        .formatted(target().from(), sameIdentity(), condition);
  }

  /** Rows that have numbers on both sides are compared by number first, which needs no sorting. */
  private boolean hasCommonNumbers() {
    return isKeyed() || target().rowid() != null && staged.rowid() != null;
  }

  private String sameIdentity() {
    if (!isKeyed()) {
      return "l.%s=s.%s".formatted(target().rowid(), staged.rowid());
    }
    String equals = target().alias() == null ? "IS" : "=";
    return target().key().stream()
        .map(c -> "%s %s %s".formatted(target().column("l", c), equals, staged.column("s", c)))
        .collect(Collectors.joining(" AND "));
  }

  private String sameContent() {
    return columns.stream()
        .filter(column -> !marks.contains(column))
        .map(c -> target().column("l", c) + " COLLATE BINARY IS " + staged.column("s", c))
        .collect(Collectors.joining(" AND "));
  }

  /**
   * Seconds since 1970 when a live row came about, from a number of them or a text that SQLite's
   * date functions read (https://www.sqlite.org/lang_datefunc.html).
   */
  static String time(TableShape table) {
    return HistoryRules.TIMES.stream()
        .filter(table.columns()::containsKey)
        .findFirst()
        .map(column -> table.column("l", column))
        .map(
            "CASE WHEN typeof(%1$s) IN ('integer','real') THEN %1$s ELSE unixepoch(%1$s,'subsec') END"
                ::formatted)
        .orElse("NULL");
  }

  private void requireMergeable(TableShape target) {
    List<String> content = new ArrayList<>(columns);
    content.removeAll(marks);
    if (content.isEmpty()) {
      throw notMergeable("the two have no columns in common");
    }
    for (String column : isKeyed() ? target.key() : List.<String>of()) {
      if (!columns.contains(column)) {
        throw notMergeable("one side has no column " + column);
      }
    }
    if (isKeyed() && !target.key().equals(staged.key())) {
      throw notMergeable("its rows have another key than in the backup");
    }
    target
        .columns()
        .forEach(
            (column, shape) -> {
              if (shape.required() && !column.equals(target.alias()) && !columns.contains(column)) {
                throw notMergeable(
                    "column " + shape.name() + " needs a value that the backup does not have");
              }
            });
  }

  private EngineException notMergeable(String reason) {
    return new EngineException(ErrorKind.REFUSED, "merge table", name(), reason)
        .withHint("--history replace restores it as it was");
  }
}
