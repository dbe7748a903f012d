package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class HotReplacementTest {
  static final HotReplacement.Patience SHORT =
      new HotReplacement.Patience(
          Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(100));

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "WAL, 4096, WAL, 4096",
    "WAL, 4096, DELETE, 4096",
    "DELETE, 4096, WAL, 4096",
    "DELETE, 4096, DELETE, 4096",
    "WAL, 1024, WAL, 8192",
    "WAL, 8192, DELETE, 1024",
    "DELETE, 1024, WAL, 8192",
    "DELETE, 65536, DELETE, 512"
  })
  void openReaderSeesNewContentAndTheLiveFileKeepsItsModeAndPageSize(
      String liveMode, int livePage, String copyMode, int copyPage) throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), liveMode, livePage, 2000);
    Path staged = Databases.pairs(directory.resolve("staged.db"), copyMode, copyPage, 300);
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + live)) {
      assertThat(SqliteQueries.number(reader, "SELECT count(*) FROM debit")).isEqualTo(2000);

      HotReplacement.fit(staged, live);
      HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE);

      assertThat(SqliteQueries.number(reader, "SELECT count(*) FROM debit")).isEqualTo(300);
      assertThat(SqliteQueries.number(reader, "PRAGMA page_size")).isEqualTo(livePage);
      assertThat(SqliteQueries.text(reader, "PRAGMA journal_mode")).isEqualToIgnoringCase(liveMode);
      assertThat(SqliteQueries.text(reader, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void wrongPageSizeIsAFailureAndNotASilentNothing() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "WAL", 4096, 50);
    Path staged = Databases.pairs(directory.resolve("staged.db"), "DELETE", 1024, 300);
    assertThatThrownBy(() -> HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE, SHORT))
        .isInstanceOf(EngineException.class);
    assertThat(Databases.count(live, "debit")).isEqualTo(50);
  }

  @Test
  void garbageAsSourceIsAFailure() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "WAL", 4096, 50);
    Path staged = Files.write(directory.resolve("staged.db"), new byte[8192]);
    assertThatThrownBy(() -> HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE, SHORT))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
    assertThat(Databases.count(live, "debit")).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void unfinishedTransactionOfAnotherKeepsTheOldContentAndIsReportedAsBusy(String mode)
      throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), mode, 4096, 50);
    Path staged = Databases.pairs(directory.resolve("staged.db"), mode, 4096, 300);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("DELETE FROM debit");
      assertThatThrownBy(
              () -> HotReplacement.apply(staged, live, () -> {}, CopyProgress.NONE, SHORT))
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.BUSY));
      statement.execute("ROLLBACK");
    }
    assertThat(Databases.count(live, "debit")).isEqualTo(50);
  }

  @Test
  void fileThatIsNoDatabaseCannotBeReplacedHot() throws Exception {
    Path garbage = Files.write(directory.resolve("live.db"), new byte[8192]);
    assertThat(HotReplacement.isPossible(garbage)).isFalse();
    Path live = Databases.pairs(directory.resolve("ok.db"), "WAL", 4096, 5);
    assertThat(HotReplacement.isPossible(live)).isTrue();
  }
}
