package org.tacvault.engine.restore;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.sqlite.Row;
import org.tacvault.engine.sqlite.RowQuery;

/** A row with the names of its fields; nothing at all when there is no such row. */
record NamedRow(boolean exists, Map<String, @Nullable String> fields) {
  static NamedRow of(RowQuery query, @Nullable Row row) {
    Map<String, @Nullable String> fields = new HashMap<>();
    if (row != null) {
      for (int field = 0; field < row.values().size(); field++) {
        fields.put(query.fields().get(field).name(), row.values().get(field));
      }
    }
    return new NamedRow(row != null, fields);
  }

  @Nullable String get(String field) {
    return fields.get(field);
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }
}
