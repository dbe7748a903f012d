package org.tacvault.engine.restore;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.CopyProgress;
import org.tacvault.engine.sqlite.HistoryMark;

/** What a restore does to one live file. */
record Change(Source source, Way way) {
  /** How the live file becomes what it shall be. */
  enum Way {
    /** By the staged copy in its place. */
    REPLACE,
    /** By being taken away. */
    REMOVE,
    /** By those rows of the staged copy that it has not. */
    MERGE
  }

  static Change replace(Source source) {
    return new Change(source, Way.REPLACE);
  }

  static Change remove(Source source) {
    return new Change(source, Way.REMOVE);
  }

  static Change merge(Source source) {
    return new Change(source, Way.MERGE);
  }

  /** Hears of the moments in which a change can be stopped for the last time. */
  interface Moments {
    /**
     * See {@link Source#replace}.
     *
     * @param mark of the history that comes; null when that is not known yet, or it is none
     */
    void last(@Nullable HistoryMark mark);

    /** See {@link Source#merge}. */
    void merged(HistoryMark mark);
  }

  /**
   * Makes the change.
   *
   * @param staged the directory of the staged copies
   */
  void apply(Path staged, Moments moments, CopyProgress progress) {
    Path copy = staged.resolve(source.member());
    switch (way) {
      case REPLACE -> source.replace(copy, () -> moments.last(mark(copy)), progress);
      case REMOVE -> source.remove(() -> moments.last(null));
      case MERGE -> source.merge(copy, () -> moments.last(null), moments::merged, progress);
    }
  }

  /** Only now: making the copy fit the live file can number rows anew. */
  private @Nullable HistoryMark mark(Path copy) {
    return History.COMPONENTS.contains(source.component()) ? HistoryMark.of(copy) : null;
  }
}
