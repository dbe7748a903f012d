package org.tacvault.engine.restore;

import java.util.List;

/**
 * Things of which there may be very many.
 *
 * @param total how many there are
 * @param first those that were kept, in order; all of them unless there are very many
 */
public record Capped<T>(long total, List<T> first) {
  public Capped {
    first = List.copyOf(first);
    if (total < first.size()) {
      throw new IllegalArgumentException("a total of " + total + " for " + first.size());
    }
  }

  public boolean isEmpty() {
    return total == 0;
  }
}
