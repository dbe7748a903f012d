package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowListener;
import org.tacvault.engine.sqlite.RowQuery;

/** Collects what appears, disappears and changes in one table. */
final class NamedChanges implements RowListener {
  private static final int MOST_FIELDS = 100;

  private final NamedTable table;
  private final RowQuery query;
  private final CappedList<String> appear = new CappedList<>();
  private final CappedList<String> disappear = new CappedList<>();
  private final CappedList<RestorePlan.Changed> change = new CappedList<>();
  private final CappedList<RestorePlan.AccessChange> access = new CappedList<>();

  NamedChanges(NamedTable table, RowQuery query) {
    this.table = table;
    this.query = query;
  }

  @Override
  public void row(@Nullable Row before, @Nullable Row after) {
    if (before == null || after == null) {
      (before == null ? appear : disappear).add(name(Row.any(before, after)));
    } else if (before.values().equals(after.values())) {
      return;
    } else {
      compare(before, after);
    }
    rights(before, after);
  }

  /** Adds what was found, if anything. */
  void addTo(MemberDraft draft) {
    RestorePlan.Named found =
        new RestorePlan.Named(table.kind(), appear.capped(), disappear.capped(), change.capped());
    if (!found.isEmpty()) {
      draft.named.add(found);
    }
    draft.access.addAll(access);
  }

  private void compare(Row before, Row after) {
    List<String> fields = new ArrayList<>();
    for (int field = 0; field < query.fields().size(); field++) {
      String left = before.values().get(field);
      String right = after.values().get(field);
      if (!Objects.equals(left, right)) {
        fields.addAll(differing(query.fields().get(field).name(), left, right));
      }
    }
    if (!fields.isEmpty()) {
      List<String> first = fields.subList(0, Math.min(fields.size(), MOST_FIELDS));
      change.add(new RestorePlan.Changed(name(before), first));
    }
  }

  private List<String> differing(String field, @Nullable String left, @Nullable String right) {
    return table.json().contains(field) ? JsonKeys.differing(field, left, right) : List.of(field);
  }

  private void rights(@Nullable Row before, @Nullable Row after) {
    Rights.compare(
            table.kind(),
            name(Row.any(before, after)),
            NamedRow.of(query, before),
            NamedRow.of(query, after))
        .ifPresent(access::add);
  }

  /** {@code fra-core-1 (10.0.0.1/32)}. */
  static String name(Row row) {
    List<String> key = row.key();
    return Shortened.of(key.size() == 1 ? key.get(0) : key.get(0) + " (" + key.get(1) + ")");
  }
}
