package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.source.Members;

/** Rows that came after a restore, when what was before comes back. */
class LateRowsTest {
  private static final String DAY = "2026-11-24T10:00:00+00:00";

  @TempDir Path root;
  private HistoryScene scene;
  private Path live;
  private Path undo;
  private List<String> before;

  /** The live log goes on after the backup, which holds rows that have since been deleted. */
  @BeforeEach
  void createScene() throws Exception {
    scene = HistoryScene.create(root);
    live = scene.live(Members.ACCOUNTING);
    HistoryScene.change(live, "DELETE FROM accounting_logs WHERE id<=50", row("before"));
    undo = Files.createDirectory(root.resolve("undo")).resolve(Members.ACCOUNTING);
    before = HistoryScene.texts(live, HistoryScene.LOGS);
  }

  @ParameterizedTest
  @CsvSource({"WAL, false", "WAL, true", "DELETE, false", "DELETE, true"})
  void areThereWithWhatWasBeforeAndNothingElseIs(String journalMode, boolean merged)
      throws Exception {
    HistoryMark mark = restore(journalMode, merged);
    HistoryScene.change(live, row("one"), row("two"), row("two"));
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS))
        .isEqualTo(with(before, "one", "two", "two"));
    assertTotals();
  }

  /** The server writes on at every moment at which whoever goes back may be killed. */
  @ParameterizedTest
  @CsvSource({
    "WAL, false",
    "WAL, true",
    "DELETE, false",
    "DELETE, true",
  })
  void areNeitherLostNorDoubledWhenGoingBackIsKilledAgainAndAgain(
      String journalMode, boolean merged) throws Exception {
    HistoryMark mark = restore(journalMode, merged);
    HistoryScene.change(live, row("one"));
    HotReplacement.fit(undo, live);
    rows(mark).save();
    HistoryScene.change(live, row("after the first save"));
    rows(mark).save();
    HotReplacement.apply(undo, live, rows(mark)::save, CopyProgress.NONE);
    HistoryScene.change(live, row("after the replacement"));
    HotReplacement.apply(undo, live, rows(mark)::save, CopyProgress.NONE);
    assertThat(rows(mark).bringBack()).isEmpty();
    HistoryScene.change(live, row("after all is back"));
    assertThat(goBack(mark)).isEmpty();
    List<String> expected =
        with(before, "one", "after the first save", "after the replacement", "after all is back");
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(expected);
    assertTotals();
  }

  @Test
  void ofARestoreThatWasKilledBeforeItsCommitAreThereToo() throws Exception {
    copyUndo();
    HistoryMark mark = HistoryMark.of(scene.copy(Members.ACCOUNTING));
    HistoryScene.change(live, row("after the kill"));
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS))
        .isEqualTo(with(before, "after the kill"));
    assertTotals();
  }

  @Test
  void areFoundAlsoWhenTheBackupGoesFurtherThanWhatWasBefore() throws Exception {
    HistoryScene.change(live, "DELETE FROM accounting_logs WHERE id>100");
    HistoryScene.change(live, "UPDATE sqlite_sequence SET seq=100 WHERE name='accounting_logs'");
    before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryMark mark = restore("WAL", false);
    HistoryScene.change(live, row("one"));
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(with(before, "one"));
    assertTotals();
  }

  @Test
  void ofATableWhoseKeyMeansSomethingKeepTheirKey() throws Exception {
    live = scene.live(Members.METRICS);
    undo = undo.resolveSibling(Members.METRICS);
    Files.copy(live, undo);
    String query = "SELECT timestamp||':'||cpu_percent FROM metrics_snapshots ORDER BY timestamp";
    List<String> old = HistoryScene.texts(live, query);
    scene.changeCopy(Members.METRICS, "DELETE FROM metrics_snapshots WHERE timestamp%600=0");
    HistoryMark mark = replaceBy(scene.copy(Members.METRICS));
    HistoryScene.change(
        live, "INSERT INTO metrics_snapshots(timestamp,cpu_percent) VALUES(1900000000,1.5)");
    assertThat(goBack(mark)).isEmpty();
    List<String> expected = new ArrayList<>(old);
    expected.add("1900000000:1.5");
    assertThat(HistoryScene.texts(live, query)).isEqualTo(expected);
  }

  @Test
  void ofATableThatTheServerMadeSinceAreThere() throws Exception {
    HistoryMark mark = restore("WAL", false);
    HistoryScene.change(
        live,
        "CREATE TABLE late_log(a TEXT,b INTEGER,PRIMARY KEY(a,b))",
        "INSERT INTO late_log VALUES('x',1),('y',2)");
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, "SELECT a||b FROM late_log ORDER BY a"))
        .containsExactly("x1", "y2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void ofARestoredDatabaseOfAnotherTextEncodingAreThere(String encoding) throws Exception {
    Path copy = root.resolve("other-encoding.db");
    scene.changeCopy(Members.ACCOUNTING);
    Transcoding.copy(scene.copy(Members.ACCOUNTING), copy, encoding);
    copyUndo();
    HistoryMark mark = replaceBy(copy);
    HistoryScene.change(
        live,
        "INSERT INTO accounting_logs(id,timestamp,username,session_id,status)"
            + " VALUES(5000,'"
            + DAY
            + "','one',1,'STOP')");
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(with(before, "one"));
    assertThat(HistoryScene.texts(live, "PRAGMA encoding")).containsExactly("UTF-8");
    assertTotals();
  }

  @Test
  void whatTheOldTableCannotTakeIsCountedAndTheOldContentIsBack() throws Exception {
    HistoryScene.change(
        live,
        "DROP TABLE accounting",
        "CREATE TABLE accounting(id INTEGER PRIMARY KEY,username TEXT,site TEXT NOT NULL)",
        "INSERT INTO accounting VALUES(1,'x','y')");
    HistoryMark mark = restore("WAL", false);
    HistoryScene.change(live, "INSERT INTO accounting(username) VALUES('a'),('b')", row("one"));
    assertThat(goBack(mark))
        .satisfiesExactly(
            loss -> assertThat(loss).startsWith("2 rows of accounting that came").contains("site"),
            loss -> assertThat(loss).startsWith("1 row of accounting_logs that came"));
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(before);
    assertThat(HistoryScene.texts(live, "SELECT id||username||site FROM accounting"))
        .containsExactly("1xy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void whatCannotBeSavedIsToldAndTheOldContentIsBack(String journalMode) throws Exception {
    HistoryMark mark = restore(journalMode, false);
    HistoryScene.change(live, row("one"));
    Files.createDirectories(undo.resolveSibling(undo.getFileName() + ".late-1.part/in-the-way"));
    assertThat(goBack(mark))
        .singleElement()
        .asString()
        .startsWith("rows of tacacs_accounting.db that came after the restore may be lost: ");
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(before);
  }

  @Test
  void areNotLostWhenWhoBringsThemIsStopped() throws Exception {
    HistoryMark mark = restore("WAL", false);
    HistoryScene.change(live, row("one"));
    HotReplacement.fit(undo, live);
    LateRows rows = rows(mark);
    HotReplacement.apply(undo, live, rows::save, CopyProgress.NONE);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(rows::bringBack)
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    } finally {
      Thread.interrupted();
    }
    assertThat(goBack(mark)).isEmpty();
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(with(before, "one"));
  }

  @Test
  void areCountedWhenThereWasNoDatabaseBefore() throws Exception {
    HistoryMark mark = HistoryMark.of(scene.copy(Members.ACCOUNTING));
    HistoryScene.change(
        live, "DROP TRIGGER trg_accounting_logs_delete_totals", "DELETE FROM accounting_logs");
    HistoryScene.change(live, row("one"), row("two"));
    assertThat(rows(mark).giveUp("there was none"))
        .containsExactly(
            "2 rows of accounting_logs that came after the restore are lost: there was none");
    assertThat(undo.getParent()).isEmptyDirectory();
  }

  /** The server's trigger keeps users of a day of which all rows were deleted, as here before. */
  private void assertTotals() throws Exception {
    HistoryScene.assertDays(live);
    assertThat(
            HistoryScene.texts(
                live,
                "SELECT DISTINCT username FROM accounting_logs WHERE (date(timestamp),username)"
                    + " NOT IN (SELECT stat_date,username FROM mv_daily_unique_users)"))
        .isEmpty();
    assertThat(HistoryScene.texts(live, "PRAGMA integrity_check")).containsExactly("ok");
  }

  private HistoryMark restore(String journalMode, boolean merged) throws Exception {
    HistoryScene.change(live, "PRAGMA journal_mode=" + journalMode);
    copyUndo();
    if (!merged) {
      return replaceBy(scene.copy(Members.ACCOUNTING));
    }
    List<HistoryMark> marks = new ArrayList<>();
    HistoryMerge.apply(
        scene.copy(Members.ACCOUNTING), live, () -> {}, marks::add, CopyProgress.NONE);
    return marks.get(0);
  }

  private HistoryMark replaceBy(Path copy) {
    HotReplacement.fit(copy, live);
    HotReplacement.apply(copy, live, () -> {}, CopyProgress.NONE);
    return HistoryMark.of(copy);
  }

  private void copyUndo() {
    try (LiveDatabase database = LiveDatabase.open(live, root.resolve("scratch"))) {
      database.copyTo(undo, CopyProgress.NONE);
    }
  }

  private List<String> goBack(HistoryMark mark) {
    LateRows rows = rows(mark);
    HotReplacement.fit(undo, live);
    HotReplacement.apply(undo, live, rows::save, CopyProgress.NONE);
    return rows.bringBack();
  }

  private LateRows rows(HistoryMark mark) {
    return new LateRows(live, mark, undo);
  }

  private static String row(String user) {
    return "INSERT INTO accounting_logs(timestamp,username,session_id,status) VALUES('%s','%s',1,'STOP')"
        .formatted(DAY, user);
  }

  private static List<String> with(List<String> rows, String... users) {
    List<String> all = new ArrayList<>(rows);
    for (String user : users) {
      all.add("'%s''%s'1'STOP'NULLNULLNULLNULL".formatted(DAY, user));
    }
    return all.stream().sorted().toList();
  }
}
