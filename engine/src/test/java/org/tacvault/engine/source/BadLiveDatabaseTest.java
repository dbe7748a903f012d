package org.tacvault.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.sqlite.CopyProgress;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.HomeState;
import org.tacvault.engine.testing.SqlSession;

/**
 * Live databases that are missing, empty, damaged or left half-way, while others have them open.
 */
class BadLiveDatabaseTest {
  private static final int PAGE = 4096;

  @TempDir Path root;
  private Path live;
  private Path undo;
  private Source source;

  @BeforeEach
  void createUndo() throws IOException {
    live = Files.createDirectory(root.resolve("data")).resolve("live.db");
    undo = Files.createDirectory(root.resolve("undo"));
    source = new SqliteSource(Component.AUDIT, "live.db", live);
  }

  @Test
  void missingDatabaseIsMadeAndRemovedAgain() throws Exception {
    assertThat(source.isReplacedHot()).isFalse();
    Source.Kept kept = keepAndReplace();
    assertNew();
    source.putBack(kept, undo);
    assertThat(live.getParent()).isEmptyDirectory();
  }

  @Test
  void emptyFileIsReplacedAndPutBackWithItsMode() throws Exception {
    Files.createFile(live);
    Files.setPosixFilePermissions(live, PosixFilePermissions.fromString("rw-rw----"));
    assertThat(source.isReplacedHot()).isFalse();
    Source.Kept kept = keepAndReplace();
    assertNew();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(live)))
        .isEqualTo("rw-rw----");
    source.putBack(kept, undo);
    assertThat(live).isEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({"WAL, jvm", "DELETE, python3", "WAL, sqlite3"})
  void destroyedHeaderIsReplacedWhileAnotherHasItOpenAndComesBackByteForByte(
      String mode, String tool) throws Exception {
    EraDatabase.create(live, mode, PAGE, "old", 100);
    try (SqlSession other = SqlSession.open(tool, live)) {
      other.ask("SELECT name FROM era_first");
      overwrite(0, 100);
      byte[] broken = Files.readAllBytes(live);
      assertThat(source.isReplacedHot()).as("without a restart").isFalse();
      Source.Kept kept = keepAndReplace();
      assertNew();
      source.putBack(kept, undo);
      assertThat(live).hasBinaryContent(broken);
    }
  }

  @ParameterizedTest
  @CsvSource({"WAL, jvm", "DELETE, python3", "DELETE, sqlite3"})
  void damagedPageIsReplacedHotUnderAnOpenSession(String mode, String tool) throws Exception {
    EraDatabase.create(live, mode, PAGE, "old", 5000);
    overwrite(20 * PAGE, PAGE);
    try (SqlSession other = SqlSession.open(tool, live)) {
      assertThat(other.ask("PRAGMA integrity_check")).isNotEqualTo("ok");
      assertThat(source.isReplacedHot()).isTrue();
      Source.Kept kept = keepAndReplace();
      assertThat(kept).isEqualTo(Source.Kept.SNAPSHOT);
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("new");
      assertThat(other.ask("PRAGMA integrity_check")).isEqualTo("ok");
      source.putBack(kept, undo);
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("old");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void damagedSchemaIsReplaced(String mode) throws Exception {
    EraDatabase.create(live, mode, PAGE, "old", 100);
    overwrite(100, PAGE - 100);
    byte[] broken = Files.readAllBytes(live);
    Source.Kept kept = keepAndReplace();
    assertNew();
    source.putBack(kept, undo);
    assertThat(live).hasBinaryContent(broken);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logOfADeadWriterIsPartOfWhatIsKept(boolean indexLost) throws Exception {
    EraDatabase.create(live, "WAL", PAGE, "old", 100);
    try (SqlSession dying = SqlSession.open("jvm", live)) {
      dying.ask("INSERT INTO debit VALUES(42,'old')");
    }
    assertThat(live.resolveSibling("live.db-wal")).isNotEmptyFile();
    if (indexLost) {
      Files.delete(live.resolveSibling("live.db-shm"));
    }
    Source.Kept kept = keepAndReplace();
    assertNew();
    source.putBack(kept, undo);
    assertThat(EraDatabase.written(live, "debit", "old")).containsExactly(42L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST"})
  void halfTransactionOfADeadWriterIsRolledBackFirst(String mode) throws Exception {
    EraDatabase.create(live, mode, PAGE, "old", 5000);
    try (SqlSession dying = SqlSession.open("jvm", live)) {
      dying.ask("PRAGMA journal_mode=" + mode);
      dying.ask("PRAGMA cache_size=10");
      dying.ask("BEGIN");
      dying.ask("UPDATE filler SET note='half'");
    }
    assertThat(live.resolveSibling("live.db-journal")).isNotEmptyFile();
    Source.Kept kept = keepAndReplace();
    assertNew();
    source.putBack(kept, undo);
    assertThat(EraDatabase.text(live, "SELECT count(*) FROM filler WHERE note='half'"))
        .isEqualTo("0");
    assertThat(EraDatabase.text(live, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void databaseBehindALinkIsReplacedWhereTheLinkPoints(String mode) throws Exception {
    Path real = EraDatabase.create(root.resolve("real.db"), mode, PAGE, "old", 100);
    Files.createSymbolicLink(live, real);
    try (SqlSession other = SqlSession.open("jvm", real)) {
      Source.Kept kept = keepAndReplace();
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("new");
      assertThat(live).isSymbolicLink();
      source.putBack(kept, undo);
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("old");
    }
  }

  @ParameterizedTest
  @CsvSource({"WAL, 512", "DELETE, 512", "TRUNCATE, 65536", "PERSIST, 65536", "WAL, 65536"})
  void otherPageSizeOfTheCopyIsNoMatter(String mode, int pageSize) throws Exception {
    EraDatabase.create(live, mode, pageSize, "old", 300);
    try (SqlSession other = SqlSession.open("jvm", live)) {
      other.ask("PRAGMA journal_mode=" + mode);
      other.ask("INSERT INTO debit VALUES(42,'old')");
      Source.Kept kept = keepAndReplace();
      assertThat(other.ask("SELECT name FROM era_first")).isEqualTo("new");
      assertThat(other.ask("PRAGMA page_size")).isEqualTo(String.valueOf(pageSize));
      assertThat(other.ask("PRAGMA journal_mode")).isEqualToIgnoringCase(mode);
      source.putBack(kept, undo);
      assertThat(other.ask("SELECT seq FROM debit")).isEqualTo("42");
      assertThat(other.ask("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void garbageAsNewContentChangesNothing() throws Exception {
    EraDatabase.create(live, "WAL", PAGE, "old", 100);
    Map<String, Object> before = HomeState.content(live.getParent());
    Path garbage = Files.write(root.resolve("garbage.db"), new byte[3 * PAGE]);
    assertThatThrownBy(() -> source.replace(garbage, () -> {}, CopyProgress.NONE))
        .isInstanceOf(EngineException.class);
    assertThat(HomeState.content(live.getParent())).isEqualTo(before);
  }

  private Source.Kept keepAndReplace() throws Exception {
    Path staged = EraDatabase.create(root.resolve("new.db"), "WAL", PAGE, "new", 200);
    Source.Watch watch = source.watch(undo);
    Source.Kept kept = source.keep(undo);
    source.replace(
        staged,
        () -> {
          watch.refresh(kept);
          watch.close();
        },
        CopyProgress.NONE);
    return kept;
  }

  private void assertNew() throws Exception {
    assertThat(EraDatabase.text(live, "SELECT name FROM era_last")).isEqualTo("new");
    assertThat(EraDatabase.text(live, "PRAGMA integrity_check")).isEqualTo("ok");
  }

  private void overwrite(int from, int length) throws IOException {
    byte[] bytes = Files.readAllBytes(live);
    Arrays.fill(bytes, from, from + length, (byte) 0x5a);
    Files.write(live, bytes);
  }
}
