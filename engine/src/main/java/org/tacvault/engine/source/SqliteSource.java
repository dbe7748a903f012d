package org.tacvault.engine.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.io.AtomicFiles;
import org.tacvault.engine.io.FileReplacement;
import org.tacvault.engine.sqlite.ChangeWatch;
import org.tacvault.engine.sqlite.CopyProgress;
import org.tacvault.engine.sqlite.HistoryMark;
import org.tacvault.engine.sqlite.HistoryMerge;
import org.tacvault.engine.sqlite.HotReplacement;
import org.tacvault.engine.sqlite.LateRows;
import org.tacvault.engine.sqlite.LiveDatabase;
import org.tacvault.engine.sqlite.SideFiles;
import org.tacvault.engine.sqlite.SqliteFiles;

/** A SQLite database that other processes may have open. */
public record SqliteSource(Component component, String member, Path live) implements Source {
  @Override
  public EntryType type() {
    return EntryType.DATABASE;
  }

  @Override
  public Capture capture(Path scratch) {
    return new DatabaseCapture(LiveDatabase.open(live, scratch.resolve(member + ".aside")));
  }

  @Override
  public boolean isReplacedHot() {
    return exists() && HotReplacement.isPossible(live);
  }

  @Override
  public void replace(Path staged, Runnable lastMoment, CopyProgress progress) {
    if (isReplacedHot()) {
      HotReplacement.fit(staged, live);
      HotReplacement.apply(staged, live, lastMoment, progress);
    } else {
      lastMoment.run();
      replaceFile(staged);
    }
  }

  @Override
  public void remove(Runnable lastMoment) {
    lastMoment.run();
    RawFiles.remove(live);
  }

  @Override
  public boolean isMergeable() {
    return exists() && HistoryMerge.isPossible(live);
  }

  @Override
  public void merge(
      Path staged, Runnable lastMoment, Consumer<HistoryMark> merged, CopyProgress progress) {
    HistoryMerge.apply(staged, live, lastMoment, merged, progress);
  }

  @Override
  public Watch watch(Path directory) {
    return isReplacedHot()
        ? new DatabaseWatch(ChangeWatch.begin(live, directory), directory.resolve(member))
        : Watch.NONE;
  }

  @Override
  public Kept keep(Path directory) {
    if (!exists()) {
      return Kept.ABSENT;
    }
    try {
      keepSnapshot(directory);
      return Kept.SNAPSHOT;
    } catch (EngineException e) {
      if (e.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw e;
      }
      return RawFiles.keep(live, member, directory);
    }
  }

  @Override
  public void putBack(Kept kept, Path directory) {
    if (kept == Kept.SNAPSHOT) {
      putBackSnapshot(directory, () -> {});
    } else {
      RawFiles.putBack(kept, live, member, directory);
    }
  }

  @Override
  public List<String> putBack(Kept kept, Path directory, HistoryMark mark) {
    LateRows rows = new LateRows(live, mark, directory.resolve(member));
    if (kept == Kept.SNAPSHOT) {
      putBackSnapshot(directory, rows::save);
      return rows.bringBack();
    }
    List<String> lost =
        exists() ? rows.giveUp("there was no sound database before the restore") : List.of();
    putBack(kept, directory);
    return lost;
  }

  private void putBackSnapshot(Path directory, Runnable lastMoment) {
    Path copy = directory.resolve(member);
    ChangeWatch.settle(copy);
    replace(copy, lastMoment, CopyProgress.NONE);
  }

  @Override
  public void tidy() {
    SideFiles.tidy(live);
  }

  @Override
  public void settle() {
    SideFiles.settle(live);
  }

  private void keepSnapshot(Path directory) {
    Path copy = directory.resolve(member);
    try (Capture capture = capture(directory)) {
      Files.deleteIfExists(copy);
      capture.copyTo(copy, CopyProgress.NONE);
      AtomicFiles.syncFile(copy);
      AtomicFiles.syncDirectory(directory);
    } catch (IOException e) {
      throw IoFailures.of("keep database", live, e);
    }
  }

  /** A log of the old content must be gone before the new file is there: SQLite would replay it. */
  private void replaceFile(Path staged) {
    try {
      SqliteFiles.deleteSideFiles(FileReplacement.follow(live));
      FileReplacement.replace(staged, live);
    } catch (IOException e) {
      throw IoFailures.of("replace database", live, e);
    }
  }

  private record DatabaseWatch(ChangeWatch changes, Path copy) implements Watch {
    @Override
    public boolean refresh(Kept kept) {
      boolean changed = kept == Kept.SNAPSHOT && changes.isChanged();
      if (changed) {
        changes.refresh(copy);
      }
      return changed;
    }

    @Override
    public void close() {
      changes.close();
    }
  }

  private record DatabaseCapture(LiveDatabase database) implements Capture {
    @Override
    public boolean isPinned() {
      return database.isPinned();
    }

    @Override
    public void copyTo(Path target, CopyProgress progress) {
      database.copyTo(target, progress);
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
