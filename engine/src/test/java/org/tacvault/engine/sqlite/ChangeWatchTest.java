package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.SqlSession;

class ChangeWatchTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "WAL, BEGIN IMMEDIATE",
    "DELETE, BEGIN IMMEDIATE",
    "DELETE, BEGIN EXCLUSIVE",
    "TRUNCATE, BEGIN EXCLUSIVE",
    "PERSIST, BEGIN EXCLUSIVE"
  })
  void tellsUnderALockWhetherOthersCommittedAndMakesTheCopyWhatTheyDid(String mode, String lock)
      throws Exception {
    Path live = old(EraDatabase.create(directory.resolve("live.db"), mode, 4096, "old", 100));
    Path touched = Files.createDirectory(directory.resolve("undo"));
    Path copy = touched.resolve("live.db");
    try (ChangeWatch watch = ChangeWatch.begin(live, touched);
        SqlSession other = SqlSession.open("jvm", live)) {
      copy(live, copy);
      other.ask("BEGIN IMMEDIATE");
      other.ask("INSERT INTO debit VALUES(1,'x')");
      other.ask("ROLLBACK");
      other.ask("SELECT count(*) FROM filler");
      assertThat(watch.isChanged()).as("after nothing was committed").isFalse();

      other.ask("PRAGMA journal_mode=" + mode);
      other.ask("INSERT INTO debit VALUES(7,'x')");
      // Our own lock is one of this process.
      try (var ours = Sqlite.openForReplacement(live);
          var statement = ours.createStatement()) {
        statement.execute(lock);
        statement.execute("UPDATE era_first SET name='uncommitted'");
        assertThat(watch.isChanged()).isTrue();
        watch.refresh(copy);
        statement.execute("ROLLBACK");
      }
    }
    ChangeWatch.settle(copy);
    assertThat(touched)
        .isDirectoryContaining(copy::equals)
        .isDirectoryNotContaining(f -> !f.equals(copy));
    assertThat(EraDatabase.written(copy, "debit", "x")).containsExactly(7L);
    assertThat(EraDatabase.text(copy, "SELECT name FROM era_first")).isEqualTo("old");
    assertThat(EraDatabase.text(copy, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  /** Whatever is in the log when it begins, and however often others try to begin it anew. */
  @ParameterizedTest
  @CsvSource({
    "wal_checkpoint(TRUNCATE), wal_checkpoint(TRUNCATE)",
    "wal_checkpoint(PASSIVE), wal_checkpoint(RESTART)",
    "wal_autocheckpoint=0, wal_checkpoint(TRUNCATE)",
    "wal_autocheckpoint=0, wal_checkpoint(PASSIVE)"
  })
  void logHoldsAllThatWasCommittedSince(String before, String meanwhile) throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "WAL", 4096, "old", 20_000);
    Path copy = Files.createDirectory(directory.resolve("undo")).resolve("live.db");
    try (SqlSession other = SqlSession.open("jvm", live)) {
      other.ask("PRAGMA wal_autocheckpoint=0");
      other.ask("UPDATE filler SET note='earlier' WHERE rowid%3=0");
      other.ask("PRAGMA " + before);
      try (ChangeWatch watch = ChangeWatch.begin(live, directory);
          SqlSession eager = SqlSession.open("jvm", live)) {
        eager.ask("PRAGMA busy_timeout=0");
        copy(live, copy);
        for (String change :
            List.of(
                "UPDATE filler SET note='later' WHERE rowid%5=0",
                "DELETE FROM filler WHERE rowid>5000",
                "VACUUM",
                "INSERT INTO debit VALUES(7,'x')")) {
          assertThat(other.ask(change)).isEmpty();
          eager.ask("PRAGMA " + meanwhile);
        }
        try (var ours = Sqlite.openForReplacement(live);
            var statement = ours.createStatement()) {
          statement.execute("BEGIN IMMEDIATE");
          statement.execute("PRAGMA cache_size=10");
          statement.execute("UPDATE filler SET note='uncommitted and in the log'");
          assertThat(watch.isChanged()).isTrue();
          watch.refresh(copy);
          statement.execute("ROLLBACK");
        }
      }
      ChangeWatch.settle(copy);
      assertThat(TableHashes.of(copy)).isEqualTo(TableHashes.of(live));
      assertThat(EraDatabase.text(copy, "PRAGMA integrity_check")).isEqualTo("ok");
      assertThat(EraDatabase.text(copy, "PRAGMA page_count"))
          .isEqualTo(EraDatabase.text(live, "PRAGMA page_count"));
    }
  }

  @Test
  void whatAnEarlierLongerLogLeftIsNotCopied() throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "WAL", 4096, "old", 20_000);
    Path copy = Files.createDirectory(directory.resolve("undo")).resolve("live.db");
    try (SqlSession other = SqlSession.open("jvm", live)) {
      other.ask("PRAGMA wal_autocheckpoint=0");
      other.ask("UPDATE filler SET note='long'");
      other.ask("PRAGMA wal_checkpoint(RESTART)");
      try (ChangeWatch watch = ChangeWatch.begin(live, directory)) {
        copy(live, copy);
        other.ask("INSERT INTO debit VALUES(7,'x')");
        watch.refresh(copy);
      }
      assertThat(Files.size(Sqlite.sideFile(copy, "-wal")))
          .isLessThan(20 * 4096)
          .isLessThan(Files.size(Sqlite.sideFile(live, "-wal")) / 10);
      ChangeWatch.settle(copy);
      assertThat(TableHashes.of(copy)).isEqualTo(TableHashes.of(live));
    }
  }

  @Test
  void ownUnfinishedTransactionIsNoChange() throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "WAL", 4096, "old", 20_000);
    try (ChangeWatch watch = ChangeWatch.begin(live, directory);
        var ours = Sqlite.openForReplacement(live);
        var statement = ours.createStatement()) {
      statement.execute("PRAGMA cache_size=10");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE filler SET note='written to the log'");
      assertThat(Files.size(Sqlite.sideFile(live, "-wal"))).isPositive();
      assertThat(watch.isChanged()).isFalse();
      statement.execute("ROLLBACK");
    }
  }

  @Test
  void fileTooYoungForItsTimeToBeExactCountsAsChanged() throws Exception {
    Path live = EraDatabase.create(directory.resolve("live.db"), "DELETE", 4096, "old", 10);
    Path touched = Files.createDirectory(directory.resolve("undo"));
    try (ChangeWatch watch = ChangeWatch.begin(live, touched)) {
      assertThat(watch.isChanged()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void watchLeavesNothingBehind(String mode) throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path live = EraDatabase.create(home.resolve("live.db"), mode, 4096, "old", 10);
    ChangeWatch.begin(live, directory).close();
    assertThat(home).isDirectoryNotContaining(file -> !file.equals(live));
  }

  private void copy(Path live, Path copy) {
    try (LiveDatabase database = LiveDatabase.open(live, directory.resolve("scratch"))) {
      database.copyTo(copy, CopyProgress.NONE);
    }
  }

  private static Path old(Path file) throws Exception {
    FileTime now = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minus(Duration.ofHours(1))));
    return file;
  }
}
