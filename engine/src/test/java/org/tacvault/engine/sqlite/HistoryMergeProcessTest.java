package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.destination.local.SmallFileSystem;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.testing.ChildJvm;

/** Merges beside other processes, and merges that die. */
class HistoryMergeProcessTest {
  private static final int MERGES = 4;
  private static final String WRITTEN =
      "SELECT count(*) FROM accounting_logs WHERE username='writer'";

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void losesAndDoublesNothingThatAnotherProcessWrites(String journalMode) throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 2_000, 48, 40));
    Path live = scene.live(Members.ACCOUNTING);
    HistoryScene.change(live, "PRAGMA journal_mode=" + journalMode);
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    try (ChildJvm writer = ChildJvm.start(LogWriter.class, live)) {
      writer.awaitLine("ready");
      for (int merge = 0; merge < MERGES; merge++) {
        HistoryScene.change(
            live,
            "PRAGMA busy_timeout=20000",
            "DELETE FROM accounting_logs WHERE username<>'writer' AND id%3=" + merge % 3);
        scene.merge(Members.ACCOUNTING);
      }
      await().until(() -> HistoryScene.number(live, WRITTEN) > MERGES);
      writer.endInput();
      long rows = Long.parseLong(writer.awaitLine("rows"));
      assertThat(rows).isGreaterThan(MERGES);
      assertThat(writer.awaitLine("failures")).isEqualTo("0");
      assertThat(writer.awaitExit()).isZero();
      assertThat(
              HistoryScene.number(
                  live,
                  "SELECT count(DISTINCT session_id)*1000000000+count(*) FROM accounting_logs"
                      + " WHERE username='writer'"))
          .isEqualTo(rows * 1_000_000_000 + rows);
      assertThat(
              HistoryScene.texts(
                  live, HistoryScene.LOGS.replace("ORDER", "WHERE username<>'writer' ORDER")))
          .isEqualTo(before);
    }
    HistoryScene.assertConsistent(live);
  }

  @Test
  void manyRowsNeedLittleMemoryAndTime() throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 100_000, 48, 40));
    Path live = scene.live(Members.ACCOUNTING);
    HistoryScene.change(
        live,
        "DROP TRIGGER trg_accounting_logs_delete_totals",
        "DELETE FROM accounting_logs WHERE id BETWEEN 1001 AND 2000",
        "UPDATE accounting_logs SET id=-id WHERE id>90000");
    try (ChildJvm child =
        ChildJvm.start(
            List.of("-Xmx48m"), MergeAtScale.class, scene.copy(Members.ACCOUNTING), live)) {
      assertThat(Long.parseLong(child.awaitLine("compared"))).isLessThan(30_000);
      assertThat(child.awaitLine("found"))
          .isEqualTo(
              "[HistoryDifference[table=accounting_logs, missing=1000, conflicting=0, newer=0,"
                  + " newest=null, absent=false]]");
      assertThat(Long.parseLong(child.awaitLine("merged"))).isLessThan(30_000);
      assertThat(child.awaitExit()).isZero();
    }
    assertThat(HistoryScene.number(live, "SELECT count(*) FROM accounting_logs"))
        .isEqualTo(100_000);
  }

  @Test
  void aDiskThatIsFullLeavesTheOldContentWhole() throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 20_000, 48, 40));
    try (SmallFileSystem disk = SmallFileSystem.mount(root.resolve("small"), "size=2m")) {
      Path live = disk.path().resolve("tacacs_accounting.db");
      Files.copy(scene.live(Members.AUDIT), live);
      String log =
          HistoryScene.texts(
                  scene.live(Members.ACCOUNTING),
                  "SELECT sql FROM sqlite_master WHERE name='accounting_logs'")
              .get(0);
      HistoryScene.change(live, log);
      List<String> before = HistoryScene.texts(live, "SELECT user_id FROM audit_log ORDER BY id");
      assertThatThrownBy(
              () ->
                  HistoryMerge.apply(
                      scene.copy(Members.ACCOUNTING),
                      live,
                      () -> {},
                      merged -> {},
                      CopyProgress.NONE))
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NO_SPACE));
      assertThat(HistoryScene.number(live, "SELECT count(*) FROM accounting_logs")).isZero();
      assertThat(HistoryScene.texts(live, "SELECT user_id FROM audit_log ORDER BY id"))
          .isEqualTo(before);
      assertThat(HistoryScene.texts(live, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void deathInTheMiddleLeavesTheOldContentWhole(String journalMode) throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 20_000, 48, 40));
    Path live = scene.live(Members.ACCOUNTING);
    HistoryScene.change(
        live,
        "PRAGMA journal_mode=" + journalMode,
        "DROP TRIGGER trg_accounting_logs_delete_totals",
        "DELETE FROM accounting_logs WHERE id%2=0");
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    try (ChildJvm child = ChildJvm.start(HaltedMerge.class, scene.copy(Members.ACCOUNTING), live)) {
      assertThat(child.awaitExit()).isEqualTo(9);
    }
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(before);
    assertThat(HistoryScene.texts(live, "PRAGMA integrity_check")).containsExactly("ok");
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).hasSize(20_000).containsAll(before);
  }
}
