package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.testing.ChildJvm;

class LiveDatabaseTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void copyIsWholeTransactionsWhileAnotherProcessCommitsAllTheTime(String mode) throws Exception {
    Path live = Databases.pairs(directory.resolve("live ü %41#?.db"), mode, 4096, 40_000);
    try (ChildJvm writer = ChildJvm.start(PairWriter.class, live)) {
      writer.awaitLine("ready");
      for (int round = 0; round < 3; round++) {
        Path copy = copy(live, "copy" + round + ".db");
        DatabaseFacts facts = DatabaseFacts.of(copy, DatabaseFacts.Check.FULL);
        assertThat(facts.tables().get("debit")).isEqualTo(facts.tables().get("credit"));
        assertThat(facts.tables().get("debit")).isGreaterThan(40_000);
        assertThat(facts.header().wal()).isEqualTo(mode.equals("WAL"));
      }
      writer.endInput();
      assertThat(writer.awaitLine("failures")).isEqualTo("0");
    }
  }

  @Test
  void rowsThatStillLieInTheWriteAheadLogAreCopied() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "WAL", 4096, 10);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint=0");
      statement.execute("INSERT INTO debit(note) VALUES ('only in the log')");
      String walBefore = Sha256.hex(Sqlite.sideFile(live, "-wal"));

      Path copy = copy(live, "copy.db");

      assertThat(DatabaseFacts.of(copy, DatabaseFacts.Check.QUICK).tables())
          .containsEntry("debit", 11L);
      assertThat(Sha256.hex(Sqlite.sideFile(live, "-wal"))).isEqualTo(walBefore);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void sourceAndItsDirectoryAreNotChangedByACopy(String mode) throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path live = Databases.pairs(home.resolve("live.db"), mode, 4096, 1000);
    String before = Sha256.hex(live);
    copy(live, "copy.db");
    assertThat(Sha256.hex(live)).isEqualTo(before);
    assertThat(home).isDirectoryNotContaining(file -> !file.equals(live));
  }

  @Test
  void pinnedWalDatabaseIsCopiedAsItWasWhenItWasOpened() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "WAL", 4096, 10);
    Path copy = directory.resolve("copy.db");
    try (LiveDatabase database = LiveDatabase.open(live, directory.resolve("scratch"));
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + live);
        Statement statement = other.createStatement()) {
      statement.execute("DELETE FROM debit");
      database.copyTo(copy, CopyProgress.NONE);
    }
    assertThat(Databases.count(copy, "debit")).isEqualTo(10);
    assertThat(Databases.count(live, "debit")).isZero();
  }

  @Test
  void transactionThatADeadWriterLeftHalfDoneIsNotInTheCopy() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "DELETE", 4096, 20_000);
    try (ChildJvm writer = ChildJvm.start(DyingWriter.class, live)) {
      assertThat(writer.awaitExit()).isEqualTo(9);
    }
    Path journal = Sqlite.sideFile(live, "-journal");
    assertThat(journal).exists();
    String before = Sha256.hex(live) + Sha256.hex(journal);

    DatabaseFacts facts = DatabaseFacts.of(copy(live, "copy.db"), DatabaseFacts.Check.FULL);

    assertThat(facts.tables()).containsEntry("debit", 20_000L).containsEntry("credit", 20_000L);
    assertThat(Sha256.hex(live) + Sha256.hex(journal)).isEqualTo(before);
  }

  @Test
  void progressRisesToTheWholeSize() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "WAL", 4096, 100_000);
    List<Long> copied = new ArrayList<>();
    try (LiveDatabase database = LiveDatabase.open(live, directory.resolve("scratch"))) {
      database.copyTo(directory.resolve("copy.db"), (done, total) -> copied.add(done));
    }
    assertThat(copied).hasSizeGreaterThan(1).isSorted();
    assertThat(copied.get(copied.size() - 1)).isEqualTo(Files.size(directory.resolve("copy.db")));
  }

  @Test
  void emptyFileAndGarbageAreRefusedByName() throws IOException {
    Path empty = Files.createFile(directory.resolve("devices.db"));
    Path garbage = Files.write(directory.resolve("users.db"), new byte[5000]);
    for (Path broken : List.of(empty, garbage)) {
      assertThatThrownBy(() -> copy(broken, "copy.db"))
          .isInstanceOfSatisfying(
              EngineException.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
                assertThat(failure.getMessage()).contains(broken.toString());
                assertThat(failure.hint()).isPresent();
              });
      assertThat(directory.resolve("copy.db")).doesNotExist();
    }
  }

  @Test
  void damagedPageIsFoundByTheCheckOfTheCopy() throws Exception {
    Path live = Databases.pairs(directory.resolve("live.db"), "DELETE", 4096, 5000);
    byte[] bytes = Files.readAllBytes(live);
    java.util.Arrays.fill(bytes, 40 * 4096, 41 * 4096, (byte) 0x5a);
    Files.write(live, bytes);
    Path copy = copy(live, "copy.db");
    assertThatThrownBy(() -> DatabaseFacts.of(copy, DatabaseFacts.Check.QUICK))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("copy.db");
  }

  @Test
  void missingDatabaseIsNotFound() {
    assertThatThrownBy(() -> copy(directory.resolve("none.db"), "copy.db"))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  private Path copy(Path live, String name) {
    Path copy = directory.resolve(name);
    try (LiveDatabase database = LiveDatabase.open(live, directory.resolve("scratch"))) {
      database.copyTo(copy, CopyProgress.NONE);
    }
    return copy;
  }
}
