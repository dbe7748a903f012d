package org.tacvault.engine.restore;

import java.util.ArrayList;
import java.util.List;

/** Collects a {@link Capped}. */
final class CappedList<T> {
  /** How many of a kind a plan names. */
  static final int MOST = 1000;

  private final List<T> first = new ArrayList<>();
  private long total;

  void add(T thing) {
    total++;
    if (first.size() < MOST) {
      first.add(thing);
    }
  }

  void addAll(CappedList<T> others) {
    addAll(others.capped());
  }

  void addAll(Capped<T> others) {
    total += others.total();
    others.first().stream().limit(MOST - first.size()).forEach(first::add);
  }

  Capped<T> capped() {
    return new Capped<>(total, first);
  }
}
