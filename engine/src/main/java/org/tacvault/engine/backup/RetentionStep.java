package org.tacvault.engine.backup;

import java.util.List;

/** What is removed from a destination after a backup to it succeeded. */
@FunctionalInterface
public interface RetentionStep {
  /** Keeps everything. */
  RetentionStep KEEP_ALL = List::of;

  /**
   * Removes what the destination's policy gives up; returns what could not be removed, for people.
   */
  List<String> apply();
}
