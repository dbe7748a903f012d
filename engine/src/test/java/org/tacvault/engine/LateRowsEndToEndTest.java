package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.Recovery;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.sqlite.HistoryScene;
import org.tacvault.engine.sqlite.LogWriter;
import org.tacvault.engine.testing.ChildJvm;

/** What the server writes into restored histories outlives that a restore goes back. */
class LateRowsEndToEndTest {
  private static final Optional<Duration> TEN_MINUTES = Optional.of(Duration.ofMinutes(10));
  private static final int KILLS = 6;
  private static final String AUDIT =
      "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
          + " VALUES(1795500000,'late','a','r',1)";
  private static final String METRICS =
      "INSERT INTO metrics_snapshots(timestamp,cpu_percent) VALUES(1900000000,1.5)";

  @TempDir Path root;
  private UndoScene scene;
  private Path accounting;

  @BeforeEach
  void createScene() {
    scene = UndoScene.create(root);
    accounting = scene.database("tacacs_accounting");
  }

  @ParameterizedTest
  @CsvSource({"REPLACE, WAL", "MERGE, WAL", "REPLACE, DELETE", "MERGE, DELETE"})
  void noRowIsLostOfAServerThatWritesWhileAHeldRestoreGoesBack(History history, String journalMode)
      throws Exception {
    HistoryScene.change(accounting, "PRAGMA journal_mode=" + journalMode);
    List<String> before = HistoryScene.texts(accounting, HistoryScene.LOGS);
    scene.restore(RestoreOptions.PLAIN.withHistory(history).withConfirmWithin(TEN_MINUTES));
    scene.execute("audit_trail", AUDIT);
    scene.execute("metrics_history", METRICS);
    try (ChildJvm writer = ChildJvm.start(LogWriter.class, accounting)) {
      writer.awaitLine("ready");
      scene.pass(Duration.ofMinutes(10));
      try (BackupEngine engine = scene.open()) {
        assertThat(engine.startup().recovered())
            .hasValueSatisfying(back -> assertThat(back.losses()).isEmpty());
      }
      writer.endInput();
      long rows = Long.parseLong(writer.awaitLine("rows"));
      assertThat(writer.awaitLine("failures")).isEqualTo("0");
      assertThat(writer.awaitExit()).isZero();
      assertThat(
              HistoryScene.texts(
                  accounting,
                  "SELECT count(*)||' '||count(DISTINCT session_id)||' '||max(session_id)"
                      + " FROM accounting_logs WHERE username='writer'"))
          .containsExactly(rows + " " + rows + " " + rows);
    }
    assertThat(
            HistoryScene.texts(
                accounting, HistoryScene.LOGS.replace("ORDER", "WHERE username<>'writer' ORDER")))
        .isEqualTo(before);
    HistoryScene.assertConsistent(accounting);
    assertOneLateRow("audit_trail", "audit_log WHERE user_id='late'");
    assertOneLateRow("metrics_history", "metrics_snapshots WHERE timestamp=1900000000");
    assertThat(scene.home.restoreJournal()).doesNotExist();
    Map<String, Object> after = scene.content();
    for (String name : List.of("data/devices.db", "data/local_auth.db", "config/tacacs.conf")) {
      assertThat(after.get(name)).as(name).isEqualTo(scene.before.get(name));
    }
  }

  /** The server writes on between the kill and whoever goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void noRowIsLostOrDoubledWhenGoingBackIsKilled(String journalMode) throws Exception {
    HistoryScene.change(accounting, "PRAGMA journal_mode=" + journalMode);
    Random random = new Random(5);
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> before = HistoryScene.texts(accounting, HistoryScene.LOGS);
      scene.restore(TEN_MINUTES);
      writeLog(20, "held" + kill);
      scene.pass(Duration.ofMinutes(10));
      try (ChildJvm child = ChildJvm.start(HeldRacer.class, scene.home.root(), "open", scene.now)) {
        child.awaitLine("ready");
        child.endInput();
        child.process().waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
      }
      writeLog(1, "killed" + kill);
      scene.open().close();
      List<String> expected = new ArrayList<>(before);
      for (int row = 0; row < 20; row++) {
        expected.add(logged("held" + kill, row));
      }
      expected.add(logged("killed" + kill, 0));
      assertThat(HistoryScene.texts(accounting, HistoryScene.LOGS))
          .isEqualTo(expected.stream().sorted().toList());
      HistoryScene.assertConsistent(accounting);
      assertThat(scene.home.restoreJournal()).doesNotExist();
    }
  }

  @Test
  void aRestoreThatFailsLaterLosesNoRowEither() throws Exception {
    List<String> before = HistoryScene.texts(accounting, HistoryScene.LOGS);
    RestoreListener failing =
        new RestoreListener() {
          @Override
          public void step(RestoreStep step, String subject) {
            if (step == RestoreStep.REPLACED && subject.equals("tacacs_accounting.db")) {
              writeLog(1, "late");
            } else if (step == RestoreStep.REPLACED && subject.equals("local_auth.db")) {
              throw new IllegalStateException("step is fatal");
            }
          }
        };
    assertThatThrownBy(() -> scene.restore(RestoreOptions.PLAIN, failing))
        .hasMessage("step is fatal");
    List<String> expected = new ArrayList<>(before);
    expected.add(logged("late", 0));
    assertThat(HistoryScene.texts(accounting, HistoryScene.LOGS))
        .isEqualTo(expected.stream().sorted().toList());
    HistoryScene.assertConsistent(accounting);
  }

  @Test
  void whatIsLostIsToldAndRecorded() throws Exception {
    scene.execute("audit_trail", "DROP TABLE audit_log");
    scene.execute("audit_trail", "CREATE TABLE audit_log(id INTEGER PRIMARY KEY,s TEXT NOT NULL)");
    Object before = scene.content().get("data/audit_trail.db");
    scene.restore(TEN_MINUTES);
    scene.execute("audit_trail", AUDIT);
    try (BackupEngine engine = scene.open()) {
      Recovery.Report back = engine.heldRestores().goBack("manual:somebody").orElseThrow();
      assertThat(back.losses())
          .singleElement()
          .asString()
          .startsWith("1 row of audit_log that came after the restore is lost: ");
      assertThat(scene.content().get("data/audit_trail.db")).isEqualTo(before);
      Execution recorded = scene.restores().get(0);
      assertThat(recorded.result().warnings()).containsAll(back.losses());
    }
  }

  private void assertOneLateRow(String database, String rows) throws Exception {
    assertThat(HistoryScene.number(scene.database(database), "SELECT count(*) FROM " + rows))
        .isOne();
  }

  private void writeLog(int count, String user) {
    try {
      for (int row = 0; row < count; row++) {
        HistoryScene.change(
            accounting,
            "PRAGMA busy_timeout=20000",
            "INSERT INTO accounting_logs(timestamp,username,session_id,status)"
                + " VALUES('2026-11-24T10:00:00+00:00','%s',%d,'STOP')".formatted(user, row));
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String logged(String user, int row) {
    return "'2026-11-24T10:00:00+00:00''%s'%d'STOP'NULLNULLNULLNULL".formatted(user, row);
  }
}
