package org.tacvault.engine.restore;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.restore.RestorePlan.SchemaDifference;
import org.tacvault.engine.restore.RestorePlan.Side;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.HistoryDifference;
import org.tacvault.engine.sqlite.ReadableDatabase;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowQuery;
import org.tacvault.engine.sqlite.SchemaItem;

/**
 * Compares a live database with the one that would take its place. What cannot be compared becomes
 * a warning; the counts of its rows are in the plan anyway.
 */
final class DatabaseComparison {
  private static final String OVERRIDES = "config_overrides";

  private final Source source;
  private final ReadableDatabase now;
  private final ReadableDatabase after;
  private final MemberDraft draft;
  private final PlanWarnings warnings;

  DatabaseComparison(
      Source source,
      ReadableDatabase now,
      ReadableDatabase after,
      MemberDraft draft,
      PlanWarnings warnings) {
    this.source = source;
    this.now = now;
    this.after = after;
    this.draft = draft;
    this.warnings = warnings;
  }

  /**
   * @param isNew whether there is nothing live: then its schema is no different one
   */
  void compare(boolean isNew) {
    for (NamedTable table : NamedTable.of(source.member())) {
      orWarn(table.table(), () -> named(table));
    }
    if (source.member().equals(Members.OVERRIDES)) {
      orWarn(OVERRIDES, this::overrides);
    }
    if (!isNew) {
      withdrawn();
      orWarn("the schema", this::schema);
    }
  }

  private void orWarn(String what, Runnable comparison) {
    try {
      comparison.run();
    } catch (EngineException e) {
      warnings.add(
          PlanWarning.Kind.NOT_COMPARABLE,
          source.member(),
          what + " in " + source.member() + " cannot be compared",
          e);
    }
  }

  private void named(NamedTable table) {
    Set<String> columns = commonColumns(table.table());
    if (!hasAll(table.table(), columns, table.key())) {
      return;
    }
    Set<String> references = new HashSet<>();
    table.references().values().stream()
        .map(NamedTable.Reference::table)
        .filter(name -> commonColumns(name).containsAll(List.of("id", "name")))
        .forEach(references::add);
    RowQuery query = table.query(columns, references);
    NamedChanges changes = new NamedChanges(table, query);
    ReadableDatabase.compare(now, after, query, changes);
    changes.addTo(draft);
  }

  /** What cannot be compared has its warning already. */
  private void withdrawn() {
    Withdrawals.find(
        source.member(),
        now,
        after,
        (table, query, row, found) -> found.addTo(draft.comesBack, row));
    long count = draft.comesBack.capped().total();
    if (count > 0) {
      warnings.add(
          PlanWarning.Kind.REVOCATIONS_UNDONE,
          source.member(),
          PlanLines.count(count, "thing")
              + " withdrawn since the backup would come back with "
              + source.member()
              + "; --keep-revocations prevents it");
    }
  }

  private void overrides() {
    Set<String> columns = commonColumns(OVERRIDES);
    List<String> key = List.of("section", "key");
    if (!hasAll(OVERRIDES, columns, key) || !hasAll(OVERRIDES, columns, List.of("value"))) {
      return;
    }
    String flag = columns.contains("active") ? "active" : null;
    RowQuery query = new RowQuery(OVERRIDES, key, List.of(RowQuery.Field.of("value")), flag);
    Settings settings = new Settings();
    ReadableDatabase.compare(
        now, after, query, (before, later) -> override(settings, before, later));
    draft.settings = settings;
  }

  private static void override(Settings settings, @Nullable Row before, @Nullable Row later) {
    List<String> key = Row.any(before, later).key();
    settings.compare(key.get(0), key.get(1), value(before), value(later));
  }

  private static @Nullable String value(@Nullable Row row) {
    return row == null ? null : row.values().get(0);
  }

  /** Those of both sides; those of the only side that has the table. */
  private Set<String> commonColumns(String table) {
    Set<String> left = now.columns(table);
    Set<String> right = after.columns(table);
    if (left.isEmpty() || right.isEmpty()) {
      left.addAll(right);
      return left;
    }
    left.retainAll(right);
    return left;
  }

  private boolean hasAll(String table, Set<String> columns, List<String> needed) {
    if (columns.isEmpty() || columns.containsAll(needed)) {
      return !columns.isEmpty();
    }
    warnings.add(
        PlanWarning.Kind.NOT_COMPARABLE,
        source.member(),
        table
            + " in "
            + source.member()
            + " cannot be compared row by row: one side has no column "
            + String.join(", ", needed));
    return false;
  }

  private void schema() {
    SortedSet<SchemaItem> left = now.schema();
    SortedSet<SchemaItem> right = after.schema();
    SortedSet<SchemaItem> all = new TreeSet<>(left);
    all.addAll(right);
    Map<SchemaItem, String> definitions = now.definitions();
    Map<SchemaItem, String> others = after.definitions();
    for (SchemaItem item : all) {
      boolean isLive = left.contains(item);
      if (isLive && right.contains(item)) {
        if (!Objects.equals(definitions.get(item), others.get(item))) {
          draft.schema.add(new SchemaDifference(item, Side.BOTH));
        }
      } else if (isOwnDifference(item, left, right)) {
        draft.schema.add(new SchemaDifference(item, isLive ? Side.LIVE : Side.BACKUP));
      }
    }
    Capped<SchemaDifference> found = draft.schema.capped();
    if (!found.isEmpty()) {
      warnings.add(
          PlanWarning.Kind.OTHER_SCHEMA,
          source.member(),
          source.member()
              + " in the backup has another schema than the live one ("
              + PlanLines.count(found.total(), "difference")
              + "): check that the server's version fits the backup");
    }
  }

  /** A column goes with its table. */
  private static boolean isOwnDifference(
      SchemaItem item, Set<SchemaItem> left, Set<SchemaItem> right) {
    return item.table().map(table -> left.contains(table) && right.contains(table)).orElse(true);
  }

  /**
   * Compares what happened row by row.
   *
   * @param copy the file of what would take the place
   * @param merge whether it is going to be merged
   */
  void history(Path copy, boolean merge) {
    Path scratch = copy.toAbsolutePath().getParent();
    orWarn(
        "the history",
        () ->
            now.differences(copy, scratch, this::notComparable)
                .forEach(difference -> add(difference, merge)));
  }

  private void notComparable(String table, EngineException refusal) {
    warnings.add(
        PlanWarning.Kind.NOT_COMPARABLE,
        source.member(),
        table + " in " + source.member() + " cannot be compared nor merged",
        refusal);
  }

  private void add(HistoryDifference found, boolean merge) {
    draft.history.add(
        new RestorePlan.HistoryRows(
            found.table(),
            found.newer(),
            found.newest(),
            found.missing(),
            found.conflicting(),
            found.absent()));
    if (!merge && found.newer() > 0) {
      warn(
          PlanWarning.Kind.NEWER_ROWS_LOST,
          PlanLines.count(found.newer(), "row")
              + " of "
              + found.table()
              + " newer than the backup would be lost; --history merge keeps them");
    }
    if (merge && found.conflicting() > 0) {
      warn(
          PlanWarning.Kind.NOT_MERGED,
          PlanLines.count(found.conflicting(), "row")
              + " of "
              + found.table()
              + " would not come back: something else has the same key now");
    }
    if (merge && found.absent()) {
      warn(
          PlanWarning.Kind.NOT_MERGED,
          found.table() + " would be made anew, but without its indexes and triggers");
    }
  }

  private void warn(PlanWarning.Kind kind, String message) {
    warnings.add(kind, source.member(), message);
  }
}
