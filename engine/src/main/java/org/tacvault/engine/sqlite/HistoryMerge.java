package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.Interruption;
import org.tacvault.engine.error.IoFailures;

/**
 * Brings the rows of a backup's logs that are missing back into a live database that others have
 * open, in one transaction; everything that is live stays. Writers wait only while rows are
 * inserted. Constraints and triggers of the live database hold. Merging again adds nothing.
 *
 * <p>A row that only counts its kind keeps its number where that is free, else it gets a new one. A
 * row with a key stays out when the key is taken. Open sessions stay the live ones. Indexes and
 * triggers of the backup are not brought back.
 */
public final class HistoryMerge {
  private static final String OPERATION = "merge history";
  private static final int CACHE_KIB = 32 << 10;

  private HistoryMerge() {}

  /** Whether {@code live} is a sound database that can take rows. */
  public static boolean isPossible(Path live) {
    if (!HotReplacement.isPossible(live)) {
      return false;
    }
    try (LiveReader reader = LiveReader.open(live)) {
      return SqliteQueries.texts(reader.connection(), "PRAGMA quick_check(1)")
          .equals(List.of("ok"));
    } catch (SQLException e) {
      if (Sqlite.resultCode(e) == SqliteFailures.CORRUPT) {
        return false;
      }
      throw SqliteFailures.of(OPERATION, live, e);
    }
  }

  /**
   * Merges {@code staged}, a checked copy that nobody writes, into {@code live}.
   *
   * @param lastMoment runs once, under the write lock, before the first row comes
   * @param merged hears under the same lock what is there when all rows have come, before that is
   *     committed; when it throws, nothing is merged
   */
  public static void apply(
      Path staged,
      Path live,
      Runnable lastMoment,
      Consumer<HistoryMark> merged,
      CopyProgress progress) {
    try (Connection writing = Sqlite.openForReplacement(live.toRealPath());
        HistoryScratch scratch =
            HistoryScratch.open(live.toRealPath(), staged, staged.toAbsolutePath().getParent())) {
      List<HistoryComparison.Missing> missing =
          new HistoryComparison(scratch, HistoryRules.SERVER).missing();
      scratch.release();
      Sqlite.attach(writing, Sqlite.staticUri(scratch.file()), "scratch");
      Interruption.check(OPERATION, live);
      write(writing, missing, lastMoment, merged, progress);
    } catch (SQLException e) {
      throw failure(live, e);
    } catch (IOException e) {
      throw IoFailures.of(OPERATION, live, e);
    }
  }

  private static void write(
      Connection connection,
      List<HistoryComparison.Missing> missing,
      Runnable lastMoment,
      Consumer<HistoryMark> merged,
      CopyProgress progress)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys=ON");
      statement.execute("PRAGMA cache_size=-" + CACHE_KIB);
      // Until the end, closing the connection takes everything back.
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("PRAGMA defer_foreign_keys=ON");
      lastMoment.run();
      new HistoryInsertion(connection, progress).insert(missing);
      merged.accept(HistoryMark.of(connection));
      statement.execute("COMMIT");
    }
  }

  /** What is missing on either side; nothing is changed, nor is anything left beside the two. */
  static List<HistoryDifference> compare(
      Path live, Path staged, Path parent, BiConsumer<String, EngineException> refused)
      throws SQLException {
    try (HistoryScratch scratch = HistoryScratch.open(live, staged, parent)) {
      return new HistoryComparison(scratch, HistoryRules.SERVER).differences(refused);
    }
  }

  private static EngineException failure(Path live, SQLException cause) {
    EngineException failure = SqliteFailures.of(OPERATION, live, cause);
    return failure.hint().isPresent()
        ? failure
        : failure.withHint("nothing was merged; --history replace restores it as it was");
  }
}
