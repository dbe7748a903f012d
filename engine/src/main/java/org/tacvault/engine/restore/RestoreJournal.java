package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.Directories;
import org.tacvault.engine.io.Permissions;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.sqlite.HistoryMark;

/**
 * Makes several replacements one: before a live file is touched, its old content lies in the
 * journal, durable, and the journal says so. A step of which the journal does not say so was not
 * touched, and nothing is put back over it. Until {@link #commit}, everything can be put back, by
 * this process or, after a kill, by the next.
 */
final class RestoreJournal {
  private static final String OPERATION = "write restore journal";

  private final Path directory;
  private JournalFile file;
  private Source.Watch watch = Source.Watch.NONE;
  private Source.Kept kept = Source.Kept.ABSENT;
  private boolean commitTried;
  private final List<String> losses = new ArrayList<>();

  private RestoreJournal(Path directory, JournalFile file) {
    this.directory = directory;
    this.file = file;
  }

  /** {@link #begin} for a server that nobody stops. */
  static RestoreJournal begin(
      Path directory, String executionId, Instant now, List<Source> sources) {
    return begin(directory, executionId, now, sources, false);
  }

  /**
   * Begins a journal for replacing {@code sources}, in that order; nothing is touched yet.
   *
   * @param serverControlled whether the server will be stopped or started, so that whoever recovers
   *     the journal has to bring it up again
   */
  static RestoreJournal begin(
      Path directory,
      String executionId,
      Instant now,
      List<Source> sources,
      boolean serverControlled) {
    try {
      if (Files.exists(directory)) {
        throw new EngineException(
                ErrorKind.CONFLICT, OPERATION, directory, "an unfinished restore is there")
            .withHint("run: tacvault recover");
      }
      Permissions.createDirectories(undoOf(directory));
      AtomicFiles.syncDirectory(directory.toAbsolutePath().getParent());
      List<JournalStep> steps = sources.stream().map(JournalStep::of).toList();
      RestoreJournal journal =
          new RestoreJournal(
              directory,
              new JournalFile(
                  executionId, now, JournalState.APPLYING, steps, null, null, serverControlled));
      journal.file.write(directory);
      return journal;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, directory, e);
    }
  }

  /**
   * The journal that a killed restore left, if it had begun; empty also when it left only a
   * directory.
   */
  static Optional<RestoreJournal> open(Path directory) {
    try {
      return JournalFile.read(directory).map(file -> new RestoreJournal(directory, file));
    } catch (IOException e) {
      throw IoFailures.of("read restore journal", directory, e);
    }
  }

  String executionId() {
    return file.executionId();
  }

  JournalState state() {
    return file.state();
  }

  /** Whether the server may have been stopped, or started with new content. */
  boolean serverControlled() {
    return file.serverControlled();
  }

  List<JournalStep> steps() {
    return file.steps();
  }

  /** What the steps belong to. */
  List<Component> components() {
    return file.steps().stream().map(JournalStep::component).distinct().sorted().toList();
  }

  /** Until when the restore waits to be confirmed, if it does or did. */
  Optional<Hold> hold() {
    return Optional.ofNullable(file.hold());
  }

  /** The execution that takes back a restore that had been in place; its going back has begun. */
  Optional<String> undoneBy() {
    return Optional.ofNullable(file.undoneBy());
  }

  /** Keeps the old content of step {@code index}, which may be changed only after {@link #seal}. */
  void keep(int index) {
    endWatch();
    Source source = file.steps().get(index).source();
    watch = source.watch(undoOf(directory));
    kept = source.keep(undoOf(directory));
  }

  /**
   * The last moment of step {@code index}: makes what was kept exact, if the live one changed since
   * then, and writes down that it has to be put back. When this throws, the live one must stay.
   *
   * @param mark of the history that comes into its place; null of what is none or not known yet
   */
  void seal(int index, @Nullable HistoryMark mark) {
    watch.refresh(kept);
    endWatch();
    update(file.withKept(index, kept, mark));
  }

  /** What a history is when the rows of step {@code index} have been merged into it. */
  void mark(int index, HistoryMark mark) {
    update(file.withKept(index, kept, mark));
  }

  private void endWatch() {
    Source.Watch ended = watch;
    watch = Source.Watch.NONE;
    ended.close();
  }

  /** From here on the new content stays. */
  void commit() {
    endWatch();
    commitTried = true;
    update(file.withState(JournalState.COMMITTED));
  }

  /** The new content is in place, and what was before stays here until somebody decides. */
  void hold(Hold hold) {
    commitTried = true;
    update(file.withHold(hold));
  }

  /**
   * From here on a restore that was held goes back, whoever goes on with it: half of it must never
   * be kept.
   *
   * @param execution that records it; null when nothing can be recorded
   */
  void goBack(@Nullable String execution) {
    update(file.withUndoneBy(execution));
  }

  /** Puts all old content back, last replaced first; may be repeated until it succeeds. */
  void rollBack() {
    rollBack(() -> true);
  }

  /**
   * @param record writes down that all is back, before the journal forgets it; returns whether it
   *     could: if not, the journal remembers it
   * @return what {@code record} returned
   */
  boolean rollBack(BooleanSupplier record) {
    endWatch();
    losses.clear();
    if (commitTried) {
      // It may have reached the disk although it failed here: nothing may be put back under it.
      update(file.withState(JournalState.APPLYING));
    }
    for (int index = file.steps().size() - 1; index >= 0; index--) {
      losses.addAll(file.steps().get(index).putBack(undoOf(directory)));
    }
    boolean recorded = record.getAsBoolean();
    settle(recorded);
    return recorded;
  }

  /** What {@link #rollBack} could not bring along of the rows that came meanwhile. */
  List<String> losses() {
    return List.copyOf(losses);
  }

  /**
   * Nothing may be put back twice: the server writes to the old content again. As long as it has to
   * be brought up, or all this to be recorded, the journal says so; on a full disk it can only be
   * forgotten.
   */
  private void settle(boolean recorded) {
    if (file.serverControlled() || !recorded) {
      try {
        update(file.withState(JournalState.ROLLED_BACK));
        return;
      } catch (EngineException e) {
        // What is left to do is next, and is only lost if this process is killed before.
      }
    }
    forget();
  }

  /** Without its file the journal is none; this needs no room on a disk that may be full. */
  private void forget() {
    try {
      JournalFile.delete(directory);
      file = file.withState(JournalState.ROLLED_BACK);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, directory, e);
    }
  }

  /** Removes the journal; only after {@link #commit} or {@link #rollBack}. */
  void remove() {
    if (file.state() == JournalState.APPLYING || file.state() == JournalState.HELD) {
      throw new IllegalStateException("the restore is neither committed nor rolled back");
    }
    removeDirectory(directory);
  }

  /**
   * Ends what was rolled back and needs its server no more: removes the journal, or leaves it to
   * the next start when what happened could not be recorded.
   */
  void end(boolean recorded) {
    if (recorded) {
      remove();
      return;
    }
    try {
      update(file.withServerUp());
    } catch (EngineException e) {
      // Where nothing can be written, nothing can be left either.
      remove();
    }
  }

  /** Removes what a restore left that was killed before it wrote its journal. */
  static void removeDirectory(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw IoFailures.of("remove restore journal", directory, e);
    }
  }

  private void update(JournalFile changed) {
    try {
      changed.write(directory);
      file = changed;
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, directory, e);
    }
  }

  private static Path undoOf(Path directory) {
    return directory.resolve("undo");
  }
}
