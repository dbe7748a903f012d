package org.tacvault.engine.catalog;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What verifications have found to be bad. */
public final class DamagedArchives {
  private static final int RECENT_VERIFICATIONS = 10_000;

  private DamagedArchives() {}

  /** Paths whose newest verification, of the last 10,000, failed. */
  public static Set<String> of(Catalog catalog) {
    Map<String, ExecutionStatus> newest = new TreeMap<>();
    ExecutionFilter recent =
        ExecutionFilter.newest().withKind(ExecutionKind.VERIFY).withPage(RECENT_VERIFICATIONS, 0);
    for (Execution verification : catalog.list(recent)) {
      String path = verification.result().backupPath();
      if (path != null) {
        newest.putIfAbsent(path, verification.status());
      }
    }
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue() == ExecutionStatus.FAILED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
