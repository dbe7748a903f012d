package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.testing.ChildJvm;

/** Merges beside other processes, and merges that die. */
class HistoryMergeProcessTest {
  private static final int MERGES = 4;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void losesAndDoublesNothingThatAnotherProcessWrites(String journalMode) throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 20_000, 48, 40));
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

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void deathInTheMiddleLeavesTheOldContentWhole(String journalMode) throws Exception {
    HistoryScene scene = HistoryScene.create(root, new SampleSize(5, 5, 20_000, 48, 40));
    Path live = scene.live(Members.ACCOUNTING);
    HistoryScene.change(
        live, "PRAGMA journal_mode=" + journalMode, "DELETE FROM accounting_logs WHERE id%2=0");
    List<String> before = HistoryScene.texts(live, HistoryScene.LOGS);
    try (ChildJvm child = ChildJvm.start(HaltedMerge.class, scene.copy(Members.ACCOUNTING), live)) {
      assertThat(child.awaitExit()).isEqualTo(9);
    }
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).isEqualTo(before);
    HistoryScene.assertDays(live);
    scene.merge(Members.ACCOUNTING);
    assertThat(HistoryScene.texts(live, HistoryScene.LOGS)).hasSize(20_000).containsAll(before);
  }
}
