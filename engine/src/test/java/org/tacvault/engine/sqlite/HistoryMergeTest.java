package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.source.Members;

class HistoryMergeTest {
  private static final String NEW_ROW =
      "INSERT INTO accounting_logs(timestamp,username,session_id,status,command)"
          + " VALUES('2026-11-24T01:00:00+00:00','late','77','STOP','show version')";

  @TempDir Path root;

  private HistoryScene scene;
  private Path live;

  @BeforeEach
  void create() throws IOException {
    scene = HistoryScene.create(root);
    live = scene.live(Members.ACCOUNTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void bringsBackWhatIsMissingAndKeepsWhatCame(String journalMode) throws Exception {
    HistoryScene.change(live, "PRAGMA journal_mode=" + journalMode);
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryScene.change(live, NEW_ROW, "DELETE FROM accounting_logs WHERE id%3=0");
    scene.merge(Members.ACCOUNTING);
    List<String> after = HistoryScene.texts(live, HistoryScene.LOGS);
    assertThat(after).hasSize(before.size() + 1).containsAll(before);
    HistoryScene.assertConsistent(live);
    assertThat(HistoryScene.texts(live, "PRAGMA journal_mode"))
        .containsExactly(journalMode.toLowerCase(java.util.Locale.ROOT));
    assertThat(scene.copies()).isDirectoryNotContaining("glob:**history-*");
  }

  @Test
  void keepsTheNumbersThatAreFree() throws Exception {
    List<String> before =
        HistoryScene.texts(live, "SELECT id||username||timestamp FROM accounting_logs ORDER BY id");
    HistoryScene.change(live, "DELETE FROM accounting_logs WHERE id BETWEEN 10 AND 20");
    scene.merge(Members.ACCOUNTING);
    assertThat(
            HistoryScene.texts(
                live, "SELECT id||username||timestamp FROM accounting_logs ORDER BY id"))
        .isEqualTo(before);
  }

  @Test
  void givesNewNumbersToRowsWhoseNumbersAreTaken() throws Exception {
    long rows = HistoryScene.number(live, "SELECT count(*) FROM accounting_logs");
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryScene.change(
        live,
        "DELETE FROM accounting_logs",
        "DELETE FROM sqlite_sequence WHERE name='accounting_logs'",
        NEW_ROW,
        NEW_ROW.replace("late", "later"));
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS))
        .hasSize((int) rows + 2)
        .containsAll(before);
    assertThat(HistoryScene.texts(live, "SELECT username FROM accounting_logs WHERE id IN (1,2)"))
        .containsExactly("late", "later");
    assertThat(HistoryScene.number(live, "SELECT max(id) FROM accounting_logs"))
        .isEqualTo(
            HistoryScene.number(
                live, "SELECT seq FROM sqlite_sequence WHERE name='accounting_logs'"))
        .isEqualTo(rows + 2);
    HistoryScene.assertConsistent(live);
  }

  @Test
  void addsNothingTheSecondTime() throws Exception {
    HistoryScene.change(
        live, "UPDATE accounting_logs SET id=-id WHERE id%2=0", "DELETE FROM accounting");
    scene.merge(Members.ACCOUNTING);
    List<String> once = HistoryScene.texts(live, HistoryScene.LOGS);
    assertThat(scene.differences(Members.ACCOUNTING)).isEmpty();
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(once);
    assertThat(once)
        .hasSize((int) HistoryScene.number(live, "SELECT count(*) FROM accounting_logs"));
    HistoryScene.assertConsistent(live);
  }

  @Test
  void countsEqualRows() throws Exception {
    String equal = NEW_ROW.replace("2026-11-24", "2026-11-20");
    scene.changeCopy(Members.ACCOUNTING, equal, equal, equal);
    // Under other numbers than in the backup, and one of them a mark apart.
    HistoryScene.change(
        live, NEW_ROW, equal, "UPDATE accounting_logs SET is_recent=1 WHERE username='late'");
    assertThat(scene.differences(Members.ACCOUNTING))
        .containsExactly(
            new HistoryDifference(
                "accounting_logs", 2, 0, 1, Instant.parse("2026-11-24T01:00:00Z"), false));
    scene.merge(Members.ACCOUNTING);
    assertThat(
            HistoryScene.number(live, "SELECT count(*) FROM accounting_logs WHERE username='late'"))
        .isEqualTo(4);
    HistoryScene.assertConsistent(live);
  }

  @Test
  void doesNotBringBackSessionsThatAreOver() throws Exception {
    HistoryScene.change(live, "DELETE FROM active_sessions WHERE session_id%2=0");
    List<String> open = HistoryScene.texts(live, "SELECT session_id FROM active_sessions");
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, "SELECT session_id FROM active_sessions")).isEqualTo(open);
  }

  @Test
  void countsThePrunedDaysAgainOnlyOnce() throws Exception {
    HistoryScene.change(
        live,
        "DELETE FROM accounting_logs WHERE timestamp<(SELECT timestamp FROM accounting_logs"
            + " ORDER BY id LIMIT 1 OFFSET (SELECT count(*)/2 FROM accounting_logs))");
    HistoryScene.assertDays(live);
    scene.merge(Members.ACCOUNTING);
    HistoryScene.assertConsistent(live);
  }

  @Test
  void countsTheDaysItselfWhereNoTriggerDoes() throws Exception {
    HistoryScene.change(
        live,
        "DROP TRIGGER trg_accounting_logs_insert_totals",
        "DELETE FROM accounting_logs WHERE id%2=0",
        NEW_ROW);
    scene.merge(Members.ACCOUNTING);
    HistoryScene.assertConsistent(live);
  }

  @Test
  void leavesTheLiveRowWhereAKeyIsTaken() throws Exception {
    Path metrics = scene.live(Members.METRICS);
    long rows = HistoryScene.number(metrics, "SELECT count(*) FROM metrics_snapshots");
    HistoryScene.change(
        metrics,
        "UPDATE metrics_snapshots SET cpu_percent=99.5"
            + " WHERE timestamp=(SELECT min(timestamp) FROM metrics_snapshots)",
        "DELETE FROM metrics_snapshots"
            + " WHERE timestamp=(SELECT max(timestamp) FROM metrics_snapshots)",
        "INSERT INTO metrics_snapshots(timestamp) VALUES(1795500000)");
    assertThat(scene.differences(Members.METRICS))
        .containsExactly(
            new HistoryDifference(
                "metrics_snapshots", 1, 1, 2, Instant.ofEpochSecond(1795500000), false));
    scene.merge(Members.METRICS);
    assertThat(HistoryScene.number(metrics, "SELECT count(*) FROM metrics_snapshots"))
        .isEqualTo(rows + 1);
    assertThat(
            HistoryScene.number(
                metrics, "SELECT count(*) FROM metrics_snapshots WHERE cpu_percent=99.5"))
        .isEqualTo(1);
  }

  @Test
  void takesTheColumnsThatBothHave() throws Exception {
    scene.changeCopy(Members.AUDIT, "ALTER TABLE audit_log ADD COLUMN only_backup TEXT");
    Path audit = scene.live(Members.AUDIT);
    long rows = HistoryScene.number(audit, "SELECT count(*) FROM audit_log");
    HistoryScene.change(
        audit,
        "ALTER TABLE audit_log ADD COLUMN only_live TEXT DEFAULT 'x'",
        "DELETE FROM audit_log WHERE id>5");
    scene.merge(Members.AUDIT);
    assertThat(HistoryScene.number(audit, "SELECT count(*) FROM audit_log WHERE only_live='x'"))
        .isEqualTo(rows);
    assertThat(scene.differences(Members.AUDIT)).isEmpty();
  }

  @Test
  void refusesRowsThatLackAValueTheyNeed() throws Exception {
    Path audit = scene.live(Members.AUDIT);
    HistoryScene.change(
        audit,
        "DROP TABLE audit_log",
        "CREATE TABLE audit_log(id INTEGER PRIMARY KEY, user_id TEXT, tenant TEXT NOT NULL)");
    assertThatThrownBy(() -> scene.merge(Members.AUDIT))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("tenant needs a value");
    assertThat(HistoryScene.number(audit, "SELECT count(*) FROM audit_log")).isZero();
  }

  @Test
  void makesAMissingTableOnlyWhenItIsPlain() throws Exception {
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryScene.change(live, "DROP TABLE accounting_logs");
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(before);
    HistoryScene.assertConsistent(live);
    scene.changeCopy(Members.ACCOUNTING, "CREATE TABLE odd(a TEXT, b TEXT CHECK (length(b)>0))");
    assertThatThrownBy(() -> scene.merge(Members.ACCOUNTING))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("not a plain one");
  }

  @Test
  void mergesTablesWithoutKeyAndWithoutRowNumbers() throws Exception {
    String tables = "CREATE TABLE loose(a TEXT, b INTEGER)";
    String keyed = "CREATE TABLE keyed(a TEXT, b TEXT, v TEXT, PRIMARY KEY(a,b)) WITHOUT ROWID";
    scene.changeCopy(
        Members.AUDIT,
        tables,
        keyed,
        "INSERT INTO loose VALUES('x',1),('x',1),(NULL,2),('y',3)",
        "INSERT INTO keyed VALUES('a','1','backup'),('b','2','backup')");
    Path audit = scene.live(Members.AUDIT);
    HistoryScene.change(
        audit,
        tables,
        keyed,
        "INSERT INTO loose VALUES('z',9),(NULL,2),('x',1)",
        "INSERT INTO keyed VALUES('a','1','live'),('c','3','live')");
    scene.merge(Members.AUDIT);
    scene.merge(Members.AUDIT);
    assertThat(HistoryScene.texts(audit, "SELECT quote(a)||b FROM loose ORDER BY 1"))
        .containsExactly("'x'1", "'x'1", "'y'3", "'z'9", "NULL2");
    assertThat(HistoryScene.texts(audit, "SELECT a||b||v FROM keyed"))
        .containsExactly("a1live", "b2backup", "c3live");
  }

  @Test
  void runsNothingThatIsInTheBackup() throws Exception {
    scene.changeCopy(
        Members.AUDIT,
        "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
            + " VALUES(1,'back','x','y',1)",
        "CREATE TRIGGER evil AFTER INSERT ON audit_log BEGIN DELETE FROM audit_log; END",
        "CREATE TEMP VIEW harmless AS SELECT 1",
        "CREATE VIEW evil_view AS SELECT load_extension('/evil') FROM audit_log");
    Path audit = scene.live(Members.AUDIT);
    long rows = HistoryScene.number(audit, "SELECT count(*) FROM audit_log");
    scene.merge(Members.AUDIT);
    assertThat(HistoryScene.number(audit, "SELECT count(*) FROM audit_log")).isEqualTo(rows + 1);
    assertThat(HistoryScene.texts(audit, "SELECT name FROM sqlite_master WHERE name LIKE 'evil%'"))
        .isEmpty();
  }

  @Test
  void readsBackupsOfAnotherTextEncodingAndPageSize() throws Exception {
    Path other = root.resolve("utf16.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding='UTF-16le'");
      statement.execute("PRAGMA page_size=1024");
      statement.execute("ATTACH ':memory:' AS unused");
      statement.execute(
          HistoryScene.texts(live, "SELECT sql FROM sqlite_master WHERE name='accounting_logs'")
              .get(0));
    }
    copyRows(scene.copy(Members.ACCOUNTING), other);
    Files.deleteIfExists(scene.copy(Members.ACCOUNTING));
    Files.move(other, scene.copy(Members.ACCOUNTING));
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryScene.change(live, "DELETE FROM accounting_logs WHERE id%7=0", NEW_ROW);
    scene.merge(Members.ACCOUNTING);
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS))
        .hasSize(before.size() + 1)
        .containsAll(before);
    HistoryScene.assertConsistent(live);
  }

  private static void copyRows(Path from, Path to) throws SQLException {
    try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + from);
        Connection target = DriverManager.getConnection("jdbc:sqlite:" + to);
        Statement read = source.createStatement();
        java.sql.ResultSet rows = read.executeQuery("SELECT * FROM accounting_logs");
        java.sql.PreparedStatement write =
            target.prepareStatement(
                "INSERT INTO accounting_logs VALUES(" + "?,".repeat(21) + "?)")) {
      target.setAutoCommit(false);
      while (rows.next()) {
        for (int column = 1; column <= 22; column++) {
          write.setObject(column, rows.getObject(column));
        }
        write.executeUpdate();
      }
      target.commit();
    }
  }

  @Test
  void aFailureUnderTheLockChangesNothing() throws Exception {
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    HistoryScene.change(live, "DELETE FROM accounting_logs WHERE id=1");
    assertThatThrownBy(
            () ->
                HistoryMerge.apply(
                    scene.copy(Members.ACCOUNTING),
                    live,
                    () -> {},
                    merged -> {},
                    (copied, total) -> {
                      throw new IllegalStateException("listener");
                    }))
        .hasMessage("listener");
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).hasSize(before.size() - 1);
    HistoryScene.change(live, NEW_ROW);
    HistoryScene.assertDays(live);
  }

  @Test
  void rowsThatComeMeanwhileAreNotDoubled() throws Exception {
    String equal = NEW_ROW.replace("late", "meanwhile");
    scene.changeCopy(Members.ACCOUNTING, equal);
    // The last moment is under the lock: what comes before it is what another process writes.
    Path aside = root.resolve("other");
    Files.createDirectory(aside);
    try (Connection writing = Sqlite.openForReplacement(live);
        HistoryScratch scratch = HistoryScratch.open(live, scene.copy(Members.ACCOUNTING), aside)) {
      List<HistoryComparison.Missing> missing =
          new HistoryComparison(scratch, HistoryRules.SERVER).missing();
      scratch.release();
      HistoryScene.change(live, equal.replace("77", "78"), equal);
      Sqlite.attach(writing, Sqlite.staticUri(scratch.file()), "scratch");
      new HistoryInsertion(writing, CopyProgress.NONE).insert(missing);
    }
    assertThat(
            HistoryScene.number(
                live, "SELECT count(*) FROM accounting_logs WHERE username='meanwhile'"))
        .isEqualTo(2);
    HistoryScene.assertConsistent(live);
  }

  @Test
  void aDamagedDatabaseCannotBeMergedInto() throws Exception {
    assertThat(HistoryMerge.isPossible(live)).isTrue();
    byte[] bytes = Files.readAllBytes(live);
    java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 8192, (byte) 0x5a);
    Files.write(live, bytes);
    assertThat(HistoryMerge.isPossible(live)).isFalse();
    Files.writeString(live, "no database at all".repeat(300));
    assertThat(HistoryMerge.isPossible(live)).isFalse();
  }
}
