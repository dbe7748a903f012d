package org.tacvault.engine.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Source;

/**
 * Takes copies of all sources as close together as their writers allow: all that can be pinned
 * without holding writers up are pinned at once; then the databases whose copy holds writers up are
 * copied, each for its own copy only; last, the others are copied as they were pinned.
 */
public final class Snapshotter {
  /** What to do with a database that cannot be read. */
  public enum OnBroken {
    /** The snapshot fails and names it. */
    FAIL,
    /** Its bytes are kept as they are, marked as data; for the copy before a restore. */
    KEEP_RAW
  }

  private final InstantSource clock;
  private final OnBroken onBroken;
  private final SnapshotListener listener;

  public Snapshotter(InstantSource clock, OnBroken onBroken, SnapshotListener listener) {
    this.clock = clock;
    this.onBroken = onBroken;
    this.listener = listener;
  }

  /**
   * Copies what exists of {@code sources} into {@code directory} (empty, private).
   *
   * @throws EngineException when a database is damaged, naming it; when none of the sources exists
   */
  public Snapshot take(List<Source> sources, Path directory, Path scratch) {
    List<Source> present = sources.stream().filter(Source::exists).toList();
    List<String> missing =
        sources.stream().filter(source -> !source.exists()).map(Source::member).toList();
    if (onBroken == OnBroken.FAIL) {
      requireSomething(present, sources);
    }
    return new Taking(directory, scratch).take(present, missing);
  }

  private static void requireSomething(List<Source> present, List<Source> sources) {
    if (present.stream().noneMatch(source -> source.type() == EntryType.DATABASE)) {
      throw new EngineException(
              ErrorKind.NOT_FOUND,
              "take snapshot",
              sources.isEmpty() ? "of nothing" : sources.get(0).live().getParent(),
              "none of the configured databases exists")
          .withHint("check --home and the database paths: tacvault config show");
    }
  }

  /** The state of one snapshot. */
  private final class Taking {
    private final Path directory;
    private final Path scratch;
    private final Map<Source, EngineException> unreadable = new LinkedHashMap<>();

    Taking(Path directory, Path scratch) {
      this.directory = directory;
      this.scratch = scratch;
    }

    Snapshot take(List<Source> present, List<String> missing) {
      Duration spread = copyAll(present);
      // Nothing is held any more: the checks take their time.
      List<SnapshotFile> files = present.stream().map(this::describe).toList();
      List<String> broken = unreadable.keySet().stream().map(Source::member).toList();
      return new Snapshot(directory, files, missing, broken, spread);
    }

    private Duration copyAll(List<Source> present) {
      Map<Source, Source.Capture> captures = new LinkedHashMap<>();
      try {
        Instant first = clock.instant();
        present.forEach(
            source -> orKeepRaw(source, () -> captures.put(source, source.capture(scratch))));
        copy(captures, capture -> !capture.isPinned());
        Instant last = clock.instant();
        copy(captures, Source.Capture::isPinned);
        return Duration.between(first, last);
      } finally {
        closeAll(captures.values());
      }
    }

    /** Also the others when one fails: what stays open keeps a view of a live database. */
    private static void closeAll(Iterable<Source.Capture> captures) {
      @Nullable RuntimeException failure = null;
      for (Source.Capture capture : captures) {
        try {
          capture.close();
        } catch (RuntimeException e) {
          if (failure != null) {
            e.addSuppressed(failure);
          }
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }

    private void copy(Map<Source, Source.Capture> captures, Predicate<Source.Capture> wanted) {
      captures.forEach(
          (source, capture) -> {
            if (wanted.test(capture)) {
              orKeepRaw(source, () -> copy(source, capture));
            }
          });
    }

    private void copy(Source source, Source.Capture capture) {
      Interruption.check("take snapshot", source.member());
      capture.copyTo(
          directory.resolve(source.member()),
          (copied, total) -> listener.copied(source.member(), copied, total));
    }

    private SnapshotFile describe(Source source) {
      Path copy = directory.resolve(source.member());
      if (!unreadable.containsKey(source)) {
        try {
          return SnapshotFile.checked(source, copy);
        } catch (EngineException e) {
          keepRaw(source, e);
        }
      }
      return SnapshotFile.plain(source.member(), copy, EntryType.DATA);
    }

    private void orKeepRaw(Source source, Runnable work) {
      try {
        work.run();
      } catch (EngineException e) {
        keepRaw(source, e);
      }
    }

    private void keepRaw(Source source, EngineException failure) {
      if (onBroken == OnBroken.FAIL || failure.kind() != ErrorKind.VERIFICATION_FAILED) {
        throw named(source, failure);
      }
      Path copy = directory.resolve(source.member());
      try {
        Files.deleteIfExists(copy);
        Files.copy(source.live(), copy);
        unreadable.put(source, failure);
      } catch (IOException e) {
        throw IoFailures.of("keep damaged database", source.live(), e);
      }
    }

    private EngineException named(Source source, EngineException failure) {
      String operation = "back up " + source.component().id();
      EngineException named =
          new EngineException(failure.kind(), operation, source.live(), failure.reason())
              .withCause(failure);
      return failure.hint().map(named::withHint).orElse(named);
    }
  }
}
