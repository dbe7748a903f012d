package org.tacvault.engine.restore;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.restore.RestorePlan.SchemaDifference;
import org.tacvault.engine.restore.RestorePlan.Side;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.ReadableDatabase;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowQuery;
import org.tacvault.engine.sqlite.SchemaItem;
import org.tacvault.engine.sqlite.TimedRows;

/**
 * Compares a live database with the one that would take its place. What cannot be compared becomes
 * a warning; the counts of its rows are in the plan anyway.
 */
final class DatabaseComparison {
  private static final Map<String, String> HISTORY =
      Map.of(
          Members.ACCOUNTING, "accounting_logs",
          Members.METRICS, "metrics_snapshots",
          Members.AUDIT, "audit_log");
  private static final String TIMESTAMP = "timestamp";
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
   * @param isNew whether there is nothing live: then its schema is no different one, and no row is
   *     lost
   */
  void compare(Instant takenAt, boolean isNew) {
    for (NamedTable table : NamedTable.of(source.member())) {
      orWarn(table.table(), () -> named(table));
    }
    if (source.member().equals(Members.OVERRIDES)) {
      orWarn(OVERRIDES, this::overrides);
    }
    if (!isNew) {
      orWarn("the schema", this::schema);
      String history = HISTORY.get(source.member());
      if (history != null) {
        orWarn(history, () -> newer(history, takenAt));
      }
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
    for (SchemaItem item : all) {
      boolean isLive = left.contains(item);
      if (isLive != right.contains(item) && isOwnDifference(item, left, right)) {
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

  private void newer(String table, Instant takenAt) {
    if (now.columns(table).isEmpty() || !hasAll(table, commonColumns(table), List.of(TIMESTAMP))) {
      return;
    }
    TimedRows lost = new LostRows(now, after, table, TIMESTAMP).count(takenAt);
    if (lost.count() > 0) {
      draft.newer.add(new RestorePlan.NewerRows(table, lost.count(), lost.newest()));
      warnings.add(
          PlanWarning.Kind.NEWER_ROWS_LOST,
          source.member(),
          PlanLines.count(lost.count(), "row")
              + " of "
              + table
              + " newer than the backup would be lost");
    }
  }
}
