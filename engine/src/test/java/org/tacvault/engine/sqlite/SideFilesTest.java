package org.tacvault.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.testing.ChildJvm;

class SideFilesTest {
  @TempDir Path directory;

  @Test
  void emptyLogOfADeadReaderGoesAndThatOfALivingOneStays() throws Exception {
    Path database = Databases.pairs(directory.resolve("a.db"), "WAL", 4096, 10);
    try (Connection reader = Sqlite.openLive(database)) {
      SqliteQueries.readSchema(reader);
      SideFiles.tidy(database);
      assertThat(side(database, "-wal")).exists();
    }
    assertThat(side(database, "-wal")).as("left by a reader").isEmptyFile();
    SideFiles.tidy(database);
    assertThat(side(database, "-wal")).doesNotExist();
    assertThat(side(database, "-shm")).doesNotExist();
  }

  @Test
  void journalOfADeadWriterIsRolledBack() throws Exception {
    Path database = Databases.pairs(directory.resolve("a.db"), "DELETE", 4096, 1000);
    Object before = TableHashes.of(database);
    try (ChildJvm writer = ChildJvm.start(DyingWriter.class, database)) {
      assertThat(writer.awaitExit()).isEqualTo(9);
    }
    assertThat(side(database, "-journal")).exists();
    SideFiles.settle(database);
    assertThat(side(database, "-journal")).doesNotExist();
    assertThat(TableHashes.of(database)).isEqualTo(before);
  }

  @Test
  void journalThatWasNotEvenBegunGoesToo() throws Exception {
    Path database = Databases.pairs(directory.resolve("a.db"), "DELETE", 4096, 10);
    Files.write(side(database, "-journal"), new byte[512]);
    SideFiles.settle(database);
    assertThat(side(database, "-journal")).doesNotExist();
  }

  @Test
  void journalOfALivingWriterStays() throws Exception {
    Path database = Databases.pairs(directory.resolve("a.db"), "DELETE", 4096, 10);
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("DELETE FROM debit");
      SideFiles.settle(database);
      assertThat(side(database, "-journal")).exists();
      statement.execute("ROLLBACK");
    }
    assertThat(Databases.count(database, "debit")).isEqualTo(10);
  }

  @Test
  void journalModeStaysAndWhatIsNoDatabaseStaysAsItIs() throws Exception {
    Path database = Databases.pairs(directory.resolve("a.db"), "WAL", 4096, 10);
    Files.write(side(database, "-journal"), new byte[512]);
    SideFiles.settle(database);
    assertThat(SqliteHeader.read(database).orElseThrow().wal()).isTrue();
    Path broken = Files.write(directory.resolve("b.db"), new byte[5000]);
    Files.write(side(broken, "-journal"), new byte[512]);
    SideFiles.settle(broken);
    assertThat(broken).hasBinaryContent(new byte[5000]);
  }

  private static Path side(Path database, String suffix) {
    return Sqlite.sideFile(database, suffix);
  }
}
