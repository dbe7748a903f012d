package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.HistoryDifference;
import org.tacvault.engine.sqlite.ReadableDatabase;

/** What the restore of a database would change. */
final class DatabasePlan {
  /** Where a live database is put that cannot be read in place; beside the copies, never live. */
  private static final String ASIDE = "live-aside";

  private final Source source;
  private final boolean merge;
  private final PlanWarnings warnings;
  private final MemberDraft draft = new MemberDraft();

  /**
   * @param merge whether it is to be merged if it can
   */
  DatabasePlan(Source source, boolean merge, PlanWarnings warnings) {
    this.source = source;
    this.merge = merge;
    this.warnings = warnings;
  }

  RestorePlan.Member plan(Path copy) {
    boolean isNew = Files.notExists(source.live());
    boolean merges = false;
    try (ReadableDatabase after = ReadableDatabase.openCopy(copy);
        ReadableDatabase now = isNew ? ReadableDatabase.absent(copy) : live(copy)) {
      Map<String, Long> tablesNow = now == null ? null : count(now);
      tables(tablesNow, after.tables());
      merges = merge && !isNew && now != null && tablesNow != null && now.isSound();
      if (now != null && tablesNow != null) {
        DatabaseComparison comparison = new DatabaseComparison(source, now, after, draft, warnings);
        comparison.compare(isNew);
        if (!isNew && History.COMPONENTS.contains(source.component())) {
          comparison.history(copy, merges);
        }
      }
    }
    if (merge && !merges) {
      warnings.add(PlanWarning.Kind.NOT_MERGED, source.member(), notMerged(source));
    }
    return merges ? merged() : draft.comes(source, isNew);
  }

  static String notMerged(Source source) {
    return source.exists()
        ? source.member() + " is damaged, so it is replaced and not merged"
        : source.member() + " is not there, so it is restored as it was: nothing is to merge";
  }

  private RestorePlan.Member merged() {
    draft.tables.replaceAll(this::merged);
    draft.tables.removeIf(table -> HistoryDifference.isDerived(table.name()));
    return draft.merges(source);
  }

  private RestorePlan.Table merged(RestorePlan.Table table) {
    long missing =
        draft.history.stream()
            .filter(rows -> rows.table().equalsIgnoreCase(table.name()))
            .mapToLong(RestorePlan.HistoryRows::missing)
            .sum();
    Long now = table.now();
    Long after = now == null && missing == 0 ? null : (Long) ((now == null ? 0 : now) + missing);
    return new RestorePlan.Table(table.name(), now, after);
  }

  private @Nullable ReadableDatabase live(Path copy) {
    try {
      return ReadableDatabase.openLive(source.live(), copy.resolveSibling(ASIDE));
    } catch (EngineException e) {
      unreadable(e);
      return null;
    }
  }

  private @Nullable Map<String, Long> count(ReadableDatabase now) {
    try {
      return now.tables();
    } catch (EngineException e) {
      unreadable(e);
      return null;
    }
  }

  private void unreadable(EngineException failure) {
    warnings.add(
        PlanWarning.Kind.LIVE_UNREADABLE,
        source.member(),
        "live " + source.live() + " cannot be read, so what would change is not known",
        failure);
  }

  private void tables(@Nullable Map<String, Long> now, Map<String, Long> after) {
    Map<String, Long> all = new TreeMap<>(after);
    Optional.ofNullable(now).ifPresent(all::putAll);
    for (String table : all.keySet()) {
      draft.tables.add(
          new RestorePlan.Table(table, now == null ? null : now.get(table), after.get(table)));
    }
  }
}
