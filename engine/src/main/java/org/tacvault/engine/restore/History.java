package org.tacvault.engine.restore;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.source.Source;

/** What becomes of rows that came since the backup, in accounting, metrics and audit. */
public enum History {
  /** The backup as it is: newer rows are gone. */
  REPLACE,
  /** What is missing comes back, and what came since stays. */
  MERGE;

  /** Those whose databases record what happened. */
  public static final Set<Component> COMPONENTS =
      Set.copyOf(EnumSet.of(Component.ACCOUNTING, Component.METRICS, Component.AUDIT));

  /** Reads {@code merge} or {@code replace}. */
  public static History parse(String id) {
    return Arrays.stream(values())
        .filter(history -> history.id().equals(id.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(ErrorKind.INVALID_INPUT, "restore history", id, "no such way")
                    .withHint(
                        "allowed are: "
                            + Arrays.stream(values())
                                .map(History::id)
                                .collect(Collectors.joining(", "))));
  }

  /**
   * Whether it makes a difference to {@code selected}, of which none means all: only what records
   * history can be merged.
   */
  public boolean concerns(Set<Component> selected) {
    return this == REPLACE || selected.isEmpty() || !Collections.disjoint(selected, COMPONENTS);
  }

  /** Whether {@code source} is to be merged as far as it depends on what was asked. */
  boolean isMergeOf(Source source) {
    return this == MERGE && COMPONENTS.contains(source.component());
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
