package org.tacvault.engine.sqlite;

import java.nio.file.Path;

/** A process that merges and dies, without any clean-up, after the first rows were inserted. */
final class HaltedMerge {
  private HaltedMerge() {}

  public static void main(String[] arguments) {
    HistoryMerge.apply(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        () -> {},
        merged -> {},
        (copied, total) -> Runtime.getRuntime().halt(9));
  }
}
