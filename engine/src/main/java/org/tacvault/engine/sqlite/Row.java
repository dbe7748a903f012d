package org.tacvault.engine.sqlite;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link RowQuery}.
 *
 * @param values as SQLite turns them into text, in the order of the query's fields
 */
public record Row(List<String> key, List<@Nullable String> values) {
  public Row {
    key = List.copyOf(key);
    values = Collections.unmodifiableList(values);
  }

  /** The one that is there, of two of which at least one is. */
  public static Row any(@Nullable Row before, @Nullable Row after) {
    return before == null ? Objects.requireNonNull(after) : before;
  }
}
