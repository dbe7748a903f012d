package org.tacvault.engine.restore;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.Source;

/**
 * In which order live files are changed: history first. It is what takes long, and what fails when
 * disks are full or programs busy. What decides on access follows close together at the end, so
 * that old users meet new devices for as short as possible.
 */
final class ApplyOrder {
  private static final Set<Component> HISTORY =
      EnumSet.of(Component.ACCOUNTING, Component.METRICS, Component.AUDIT);

  private ApplyOrder() {}

  /** History before access, each in the given order. */
  static List<Source> of(List<Source> sources) {
    return sources.stream()
        .sorted(Comparator.comparing(source -> !HISTORY.contains(source.component())))
        .toList();
  }
}
