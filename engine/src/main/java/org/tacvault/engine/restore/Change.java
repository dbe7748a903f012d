package org.tacvault.engine.restore;

import java.nio.file.Path;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.CopyProgress;

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

  /**
   * Makes the change.
   *
   * @param staged the directory of the staged copies
   * @param lastMoment see {@link Source#replace}
   */
  void apply(Path staged, Runnable lastMoment, CopyProgress progress) {
    switch (way) {
      case REPLACE -> source.replace(staged.resolve(source.member()), lastMoment, progress);
      case REMOVE -> source.remove(lastMoment);
      case MERGE -> source.merge(staged.resolve(source.member()), lastMoment, progress);
    }
  }
}
