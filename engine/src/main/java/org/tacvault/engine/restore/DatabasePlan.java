package org.tacvault.engine.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.ReadableDatabase;

/** What the restore of a database would change. */
final class DatabasePlan {
  /** Where a live database is put that cannot be read in place; beside the copies, never live. */
  private static final String ASIDE = "live-aside";

  private final Source source;
  private final Instant takenAt;
  private final PlanWarnings warnings;
  private final MemberDraft draft = new MemberDraft();

  DatabasePlan(Source source, Instant takenAt, PlanWarnings warnings) {
    this.source = source;
    this.takenAt = takenAt;
    this.warnings = warnings;
  }

  RestorePlan.Member plan(Path copy) {
    boolean isNew = Files.notExists(source.live());
    try (ReadableDatabase after = ReadableDatabase.openCopy(copy);
        ReadableDatabase now = isNew ? ReadableDatabase.absent(copy) : live(copy)) {
      Map<String, Long> tablesNow = now == null ? null : count(now);
      tables(tablesNow, after.tables());
      if (now != null && tablesNow != null) {
        new DatabaseComparison(source, now, after, draft, warnings).compare(takenAt, isNew);
      }
    }
    return draft.comes(source, isNew);
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
