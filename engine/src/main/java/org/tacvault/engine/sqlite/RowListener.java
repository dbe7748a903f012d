package org.tacvault.engine.sqlite;

import org.jspecify.annotations.Nullable;

/** Hears each row that is on either side of a comparison, in the order of the keys. */
@FunctionalInterface
public interface RowListener {
  /** At least one of the two is there; when both are, they have the same key. */
  void row(@Nullable Row before, @Nullable Row after);
}
