package org.tacvault.engine.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own, so that its heap can be bounded: compares and merges, and prints how long
 * each took and how long writers had to wait.
 */
final class MergeAtScale {
  private MergeAtScale() {}

  public static void main(String[] arguments) throws Exception {
    Path staged = Path.of(arguments[0]);
    Path live = Path.of(arguments[1]);
    long start = System.nanoTime();
    List<HistoryDifference> differences =
        HistoryMerge.compare(live, staged, staged.getParent(), (table, refusal) -> {});
    System.out.println("compared " + millisSince(start));
    System.out.println("found " + differences);
    long merging = System.nanoTime();
    long[] locked = new long[1];
    HistoryMerge.apply(
        staged, live, () -> locked[0] = System.nanoTime(), merged -> {}, (copied, total) -> {});
    System.out.println("locked " + millisSince(locked[0]));
    System.out.println("merged " + millisSince(merging));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
