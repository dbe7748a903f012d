package org.tacvault.engine.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.IoFailures;
import org.tacvault.engine.io.AtomicFiles;

/**
 * Rows that a server wrote into a restored history, which outlive that the old content comes back:
 * they are saved beside the undo copy when nobody can write, and merged into the old content when
 * it is back. Whatever is in the way of that, the old content comes back; what is lost is told.
 * Only what passes, a lock or an interruption, is a failure.
 *
 * <p>When this is interrupted it can be begun again: what was saved by then stays, and equal rows
 * are merged once.
 */
public final class LateRows {
  private static final String OPERATION = "save later rows";

  /** Why to begin again, rather than to lose anything. */
  private static final Set<ErrorKind> PASSING = EnumSet.of(ErrorKind.BUSY, ErrorKind.INTERRUPTED);

  private final Path live;
  private final HistoryMark mark;
  private final Path undo;
  private final List<String> losses = new ArrayList<>();

  /**
   * @param mark of the content that the restore put into {@code live}
   * @param undo the copy of the old content, in a private directory; there need not be one
   */
  public LateRows(Path live, HistoryMark mark, Path undo) {
    this.live = live;
    this.mark = mark;
    this.undo = undo;
  }

  /** Saves the rows durably; under the write lock, before anything of the live one changes. */
  public void save() {
    Map<String, Long> counts = new LinkedHashMap<>();
    try {
      Path target = saved(countSaved() + 1);
      Path part = target.resolveSibling(target.getFileName() + AtomicFiles.PART_SUFFIX);
      SqliteFiles.deleteQuietly(part);
      try (Connection connection = connect(part)) {
        boolean hasUndo = attachUndo(connection);
        for (LateTable table : count(connection, hasUndo, counts)) {
          table.save(connection);
        }
      }
      publish(part, target, counts.isEmpty());
    } catch (SQLException e) {
      lost(counts, SqliteFailures.of(OPERATION, live, e));
    } catch (IOException e) {
      lost(counts, IoFailures.of(OPERATION, undo, e));
    } catch (EngineException e) {
      lost(counts, e);
    }
  }

  private static void publish(Path part, Path target, boolean isEmpty) throws IOException {
    if (isEmpty) {
      Files.delete(part);
    } else {
      AtomicFiles.syncFile(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      AtomicFiles.syncDirectory(target.toAbsolutePath().getParent());
    }
  }

  /**
   * Merges what was saved, now and when this was begun before, into the old content.
   *
   * @return what of it is lost, a sentence each
   */
  public List<String> bringBack() {
    int saved = countSaved();
    for (int number = 1; number <= saved; number++) {
      Path rows = saved(number);
      try {
        HistoryMerge.apply(rows, live, () -> {}, merged -> {}, CopyProgress.NONE);
      } catch (EngineException e) {
        lost(counts(rows), e);
      }
    }
    return List.copyOf(losses);
  }

  /**
   * Says how many rows are lost because the old content has no place for them; before it is back.
   *
   * @return a sentence each
   */
  public List<String> giveUp(String reason) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Path nothing = undo.resolveSibling(undo.getFileName() + ".count");
    try (Connection connection = connect(nothing)) {
      count(connection, false, counts);
    } catch (SQLException e) {
      // Of a database that cannot be read nobody can tell what is lost.
      return List.of(mayBeLost(reason));
    } finally {
      SqliteFiles.deleteQuietly(nothing);
    }
    counts.forEach((table, rows) -> losses.add(loss(table, rows, reason)));
    return List.copyOf(losses);
  }

  /** Counts first, so that what cannot be saved can be told as well. */
  private List<LateTable> count(Connection connection, boolean hasUndo, Map<String, Long> counts)
      throws SQLException {
    List<LateTable> tables = new ArrayList<>();
    for (String name : HistoryScratch.tables(connection, "live")) {
      if (HistoryRules.SERVER.isLog(name)) {
        LateTable table = LateTable.of(connection, name, mark, hasUndo);
        long rows = table.isNumbered() ? table.count(connection) : 0;
        if (rows > 0) {
          counts.put(table.name(), rows);
          tables.add(table);
        }
      }
    }
    return tables;
  }

  /** A database at {@code target} with which the live one can be read while nobody can write it. */
  private Connection connect(Path target) throws SQLException {
    String encoding = HistoryScratch.encoding(Sqlite.openLocked(live));
    Connection connection = Sqlite.openScratch(target);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding='" + encoding + "'");
      Sqlite.attach(connection, Sqlite.lockedUri(live), "live");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** SQLite can read only databases of one text encoding together; without it more is saved. */
  private boolean attachUndo(Connection connection) throws SQLException {
    String encoding = SqliteQueries.text(connection, "PRAGMA encoding");
    boolean fits = HistoryScratch.encoding(Sqlite.openStatic(undo)).equals(encoding);
    if (fits) {
      Sqlite.attach(connection, Sqlite.staticUri(undo), "undo");
    }
    return fits;
  }

  private static Map<String, Long> counts(Path rows) {
    try (Connection connection = Sqlite.openStatic(rows)) {
      return SqliteQueries.tableCounts(connection);
    } catch (SQLException e) {
      throw SqliteFailures.of(OPERATION, rows, e);
    }
  }

  private void lost(Map<String, Long> counts, EngineException reason) {
    if (PASSING.contains(reason.kind())) {
      throw reason;
    }
    if (counts.isEmpty()) {
      losses.add(mayBeLost(reason.getMessage()));
    }
    counts.forEach((table, rows) -> losses.add(loss(table, rows, reason.getMessage())));
  }

  private static String loss(String table, long rows, String reason) {
    return "%d %s of %s that came after the restore %s lost: %s"
        .formatted(rows, rows == 1 ? "row" : "rows", table, rows == 1 ? "is" : "are", reason);
  }

  private String mayBeLost(String reason) {
    return "rows of %s that came after the restore may be lost: %s"
        .formatted(live.getFileName(), reason);
  }

  private int countSaved() {
    int number = 0;
    while (Files.exists(saved(number + 1))) {
      number++;
    }
    return number;
  }

  private Path saved(int number) {
    return undo.resolveSibling(undo.getFileName() + ".late-" + number);
  }
}
