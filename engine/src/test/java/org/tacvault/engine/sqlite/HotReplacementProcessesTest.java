package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.EraProcess;
import org.tacvault.engine.testing.SqlSession;

/** Other programs have the database open while it is replaced. */
class HotReplacementProcessesTest {
  private static final int FILLER = 20_000;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "jvm, WAL", "jvm, DELETE", "jvm, TRUNCATE", "jvm, PERSIST",
    "python3, WAL", "python3, DELETE", "python3, TRUNCATE", "python3, PERSIST"
  })
  void readersSeeOldOrNewAndNoWriteFailsInAnyOfThem(String tool, String mode) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", FILLER);
    Files.setPosixFilePermissions(live, PosixFilePermissions.fromString("rw-r-----"));
    Map<String, Object> attributes = Files.readAttributes(live, "unix:uid,gid,mode,ino");
    Path log = directory.resolve("commits");
    try (EraProcess reader = EraProcess.reader(tool, live);
        EraProcess writer = EraProcess.writer(tool, log, live)) {
      for (String era : new String[] {"one", "two", "new"}) {
        Path staged = directory.resolve(era + ".db");
        replace(EraDatabase.create(staged, "DELETE", 4096, era, FILLER / 2), live);
      }
      assertThat(writer.end()).isEqualTo("new");
      assertThat(reader.end()).isEqualTo("new");
    }
    assertThat(EraDatabase.written(live, "debit", "new"))
        .isEqualTo(EraProcess.committed(log, "new", live))
        .isEqualTo(EraDatabase.written(live, "credit", "new"));
    assertThat(EraDatabase.written(live, "debit", "old")).isEmpty();
    assertThat(Files.readAttributes(live, "unix:uid,gid,mode,ino")).isEqualTo(attributes);
    String header = mode.equals("WAL") ? "wal" : "delete";
    assertThat(EraDatabase.text(live, "PRAGMA journal_mode")).isEqualTo(header);
    assertThat(EraDatabase.text(live, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "jvm, WAL", "python3, WAL", "sqlite3, WAL",
    "jvm, DELETE", "python3, DELETE", "sqlite3, DELETE",
    "sqlite3, TRUNCATE", "sqlite3, PERSIST"
  })
  void sessionSeesTheNewTablesWithoutReopeningAndKeepsItsJournalMode(String tool, String mode)
      throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 100);
    Path staged = EraDatabase.create(directory.resolve("new.db"), "WAL", 1024, "new", 5000);
    EraDatabase.text(staged, "SELECT count(*) FROM filler");
    addColumn(staged);
    try (SqlSession session = SqlSession.open(tool, live)) {
      assertThat(session.ask("PRAGMA journal_mode=" + mode)).isEqualToIgnoringCase(mode);
      assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("old");

      replace(staged, live);

      assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("new");
      assertThat(session.ask("SELECT count(added) FROM credit")).isEqualTo("0");
      assertThat(session.ask("PRAGMA journal_mode")).isEqualToIgnoringCase(mode);
      assertThat(session.ask("PRAGMA page_size")).isEqualTo("4096");
      assertThat(session.ask("INSERT INTO debit VALUES(1,'x')")).isEmpty();
      assertThat(session.ask("PRAGMA integrity_check")).isEqualTo("ok");
    }
    assertThat(EraDatabase.written(live, "debit", "x")).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "python3", "sqlite3"})
  void longReadOfAWalDatabaseKeepsTheOldViewToItsEnd(String tool) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "WAL", 4096, "old", 5000);
    Path staged = EraDatabase.create(directory.resolve("new.db"), "WAL", 4096, "new", 100);
    try (SqlSession session = SqlSession.open(tool, live)) {
      session.ask("BEGIN");
      assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("old");
      replace(staged, live);
      assertThat(session.ask("SELECT name FROM era_last")).isEqualTo("old");
      assertThat(session.ask("SELECT count(*) FROM filler")).isEqualTo("5000");
      session.ask("COMMIT");
      assertThat(session.ask("SELECT name FROM era_last")).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jvm, DELETE, BEGIN", "python3, TRUNCATE, BEGIN", "sqlite3, PERSIST, BEGIN",
    "jvm, WAL, BEGIN IMMEDIATE", "python3, DELETE, BEGIN IMMEDIATE",
        "sqlite3, WAL, BEGIN IMMEDIATE",
    "sqlite3, DELETE, BEGIN EXCLUSIVE"
  })
  void transactionThatOutlastsOurPatienceIsBusyAndNothingChanges(
      String tool, String mode, String begin) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 100);
    Path staged = EraDatabase.create(directory.resolve("new.db"), mode, 4096, "new", 100);
    HotReplacement.fit(staged, live);
    try (SqlSession session = SqlSession.open(tool, live)) {
      session.ask(begin);
      session.ask("SELECT name FROM era_first");
      EngineException failure =
          catchThrowableOfType(
              EngineException.class,
              () ->
                  HotReplacement.apply(
                      staged,
                      live,
                      () -> {
                        throw new AssertionError("the last moment came without the lock");
                      },
                      CopyProgress.NONE,
                      HotReplacementTest.SHORT));
      assertThat(failure.kind()).isEqualTo(ErrorKind.BUSY);
      assertThat(failure.getMessage()).contains(live.toString());
      assertThat(failure.hint()).isPresent();
      assertThat(session.ask("SELECT name FROM era_last")).isEqualTo("old");
      assertThat(session.ask("COMMIT")).isEmpty();
      assertThat(session.ask("INSERT INTO debit VALUES(1,'x')")).isEmpty();
    }
    assertThat(EraDatabase.text(live, "SELECT name FROM era_last")).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void shortTransactionIsWaitedFor(String mode) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 100);
    Path staged = EraDatabase.create(directory.resolve("new.db"), mode, 4096, "new", 100);
    HotReplacement.fit(staged, live);
    try (SqlSession session = SqlSession.open("jvm", live)) {
      session.ask("BEGIN IMMEDIATE");
      Thread replacing =
          new Thread(() -> HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE));
      replacing.start();
      replacing.join(200);
      assertThat(replacing.isAlive()).isTrue();
      session.ask("COMMIT");
      replacing.join();
      assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE"})
  void readersThatOverlapAllTheTimeNeitherStopItNorFail(String mode) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 100);
    try (ChildJvm one = ChildJvm.start(SlowReader.class, live, 0);
        ChildJvm two = ChildJvm.start(SlowReader.class, live, SlowReader.LENGTH_MILLIS / 2)) {
      one.awaitLine("ready");
      two.awaitLine("ready");
      replace(EraDatabase.create(directory.resolve("new.db"), mode, 4096, "new", 100), live);
      for (ChildJvm reader : List.of(one, two)) {
        reader.endInput();
        assertThat(reader.awaitLine("failures")).isEqualTo("0");
        assertThat(reader.awaitExit()).isZero();
      }
    }
    assertThat(EraDatabase.text(live, "SELECT name FROM era_first")).isEqualTo("new");
  }

  @Test
  void attemptsGrowToLessThanOthersWait() {
    HotReplacement.Patience patience = HotReplacement.Patience.DEFAULT;
    assertThat(patience.attempt(1)).hasMillis(50);
    assertThat(patience.attempt(2)).hasMillis(100);
    assertThat(patience.attempt(1000)).hasSeconds(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void failureAtTheLastMomentChangesNothingAndLocksNobodyOut(String mode) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 5000);
    Path staged = EraDatabase.create(directory.resolve("new.db"), mode, 4096, "new", 300_000);
    HotReplacement.fit(staged, live);
    try (SqlSession session = SqlSession.open("jvm", live)) {
      for (boolean late : new boolean[] {false, true}) {
        IllegalStateException failure =
            catchThrowableOfType(
                IllegalStateException.class,
                () ->
                    HotReplacement.apply(
                        staged, live, failing(!late), (copied, total) -> failing(late).run()));
        assertThat(failure).hasMessage("no");
        assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("old");
        assertThat(session.ask("INSERT INTO debit VALUES(1,'x')")).isEmpty();
      }
      replace(staged, live);
      assertThat(session.ask("SELECT name FROM era_first")).isEqualTo("new");
    }
  }

  @Test
  void firstStepLeavesALiveFileWithARollbackJournalAsItIs() throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "DELETE", 4096, "old", 150_000);
    Path staged = EraDatabase.create(directory.resolve("new.db"), "DELETE", 4096, "new", 300_000);
    Path copy = directory.resolve("copy.db");
    HotReplacement.fit(staged, live);
    Files.createFile(copy);
    Object before = org.tacvault.engine.sample.TableHashes.of(live);
    try (ChangeWatch watch = ChangeWatch.begin(live, directory)) {
      HotReplacement.apply(staged, live, () -> watch.refresh(copy), CopyProgress.NONE);
    }
    assertThat(org.tacvault.engine.sample.TableHashes.of(copy)).isEqualTo(before);
    assertThat(EraDatabase.text(live, "SELECT name FROM era_first")).isEqualTo("new");
  }

  private static Runnable failing(boolean fails) {
    return () -> {
      if (fails) {
        throw new IllegalStateException("no");
      }
    };
  }

  private static void addColumn(Path database) throws Exception {
    try (SqlSession session = SqlSession.open("jvm", database)) {
      assertThat(session.ask("ALTER TABLE credit ADD COLUMN added")).isEmpty();
      session.ask("PRAGMA wal_checkpoint(TRUNCATE)");
      session.ask("PRAGMA journal_mode=DELETE");
    }
  }

  private static void replace(Path staged, Path live) {
    HotReplacement.fit(staged, live);
    HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE);
  }
}
