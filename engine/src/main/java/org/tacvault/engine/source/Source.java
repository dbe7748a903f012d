package org.tacvault.engine.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.sqlite.CopyProgress;
import org.tacvault.engine.sqlite.HistoryMark;

/** One live file or database of a component: live to copy, and copy to live. */
public interface Source {
  Component component();

  /** The flat name of its copy in an archive. */
  String member();

  EntryType type();

  /** Where the live one lies, whether it exists or not. */
  Path live();

  default boolean exists() {
    return Files.exists(live());
  }

  /**
   * Opens the live one for one consistent copy.
   *
   * @param scratch a private directory for what must be put aside meanwhile
   */
  Capture capture(Path scratch);

  /** Whether {@link #replace} would be seen at once by processes that have the live one open. */
  boolean isReplacedHot();

  /**
   * Puts {@code staged}, a checked copy that may be changed, in the place of the live one.
   *
   * @param lastMoment runs once, just before the first byte of the live one changes, and for a
   *     database that is replaced hot under its write lock; when it throws or never runs, the live
   *     one is as before
   */
  void replace(Path staged, Runnable lastMoment, CopyProgress progress);

  /** Whether {@link #merge} can be: the live one is there, is sound and can take rows. */
  default boolean isMergeable() {
    return false;
  }

  /**
   * Brings rows of {@code staged}, a checked copy, that the live one has not into it, and leaves
   * all others; only when {@link #isMergeable}.
   *
   * @param lastMoment runs once, when nobody else can write, before the first row comes
   * @param merged hears what is there with all rows, before anybody else can see or add to it
   */
  default void merge(
      Path staged, Runnable lastMoment, Consumer<HistoryMark> merged, CopyProgress progress) {
    throw new EngineException(ErrorKind.REFUSED, "merge", live(), "it has no rows")
        .withHint("--history replace restores it as it was");
  }

  /**
   * Removes the live one, with what SQLite keeps beside it; does nothing when there is none.
   *
   * @param lastMoment as for {@link #replace}
   */
  void remove(Runnable lastMoment);

  /**
   * Watches the live one from before {@link #keep} to the last moment.
   *
   * @param directory where it is kept
   */
  default Watch watch(Path directory) {
    return Watch.NONE;
  }

  /**
   * Keeps what is live now in {@code directory}, so that {@link #putBack} can undo a replacement.
   */
  Kept keep(Path directory);

  /** Makes the live one again what it was when it was kept; may be repeated. */
  void putBack(Kept kept, Path directory);

  /**
   * {@link #putBack}, and keeps rows that came after a restore.
   *
   * @param mark of the content that the restore put in place
   * @return what of such rows is lost, a sentence each
   */
  default List<String> putBack(Kept kept, Path directory, HistoryMark mark) {
    putBack(kept, directory);
    return List.of();
  }

  /**
   * Removes what a process that was killed while it watched or kept the live one left beside it.
   */
  default void tidy() {}

  /**
   * {@link #tidy} after a process that was killed when it was about to replace the live one, which
   * becomes what it was.
   */
  default void settle() {}

  /** A consistent view of the live one, for one copy. */
  interface Capture extends AutoCloseable {
    /**
     * Whether the copy shows the live one as it was when this was opened; else it shows it as it is
     * while it is copied, and writers wait meanwhile.
     */
    boolean isPinned();

    /** Writes the copy to {@code target}, which does not exist yet. */
    void copyTo(Path target, CopyProgress progress);

    @Override
    void close();
  }

  /** Sees to it that what was kept is what is replaced. */
  interface Watch extends AutoCloseable {
    /** For what is replaced without a lock: nothing can be promised. */
    Watch NONE = kept -> false;

    /**
     * At the last moment: keeps the live one again if others changed it since it was kept.
     *
     * @return whether they did
     */
    boolean refresh(Kept kept);

    @Override
    default void close() {}
  }

  /** How the live one was kept. */
  enum Kept {
    /** There was none. */
    ABSENT,
    /** As a consistent copy of the database. */
    SNAPSHOT,
    /**
     * As the bytes of its files, because it is a plain file or too broken to be read as a database.
     */
    RAW
  }
}
