package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.ArchiveLimits;
import org.tacvault.engine.archive.ArchiveReader;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.sqlite.PairWriter;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/** The TACACS+ server goes on writing while it is backed up. */
class LiveWritersTest {
  private static final int BACKUPS = 8;

  @TempDir Path root;

  @Test
  void noWriteFailsAndEveryArchiveHoldsWholeTransactions() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path inWal = prepare(scene.database("tacacs_accounting"), "WAL");
      Path withJournal = prepare(scene.database("metrics_history"), "DELETE");
      List<Path> archives = new ArrayList<>();
      try (ChildJvm one = ChildJvm.start(PairWriter.class, inWal);
          ChildJvm two = ChildJvm.start(PairWriter.class, withJournal)) {
        one.awaitLine("ready");
        two.awaitLine("ready");
        for (int backup = 0; backup < BACKUPS; backup++) {
          archives.add(scene.archive());
        }
        assertNoFailedWrite(one);
        assertNoFailedWrite(two);
      }
      long previous = 0;
      for (Path archive : archives) {
        long pairs = assertWhole(scene, archive, "tacacs_accounting.db");
        assertThat(pairs).as("newer archives hold no less").isGreaterThanOrEqualTo(previous);
        previous = pairs;
        assertWhole(scene, archive, "metrics_history.db");
      }
    }
  }

  private static void assertNoFailedWrite(ChildJvm writer) throws Exception {
    writer.endInput();
    assertThat(Long.parseLong(writer.awaitLine("commits"))).isGreaterThan(BACKUPS);
    assertThat(writer.awaitLine("failures")).isEqualTo("0");
    assertThat(writer.awaitExit()).isZero();
  }

  private long assertWhole(EngineScene scene, Path archive, String member) throws Exception {
    scene
        .engine()
        .verifier()
        .verify(new ArchiveRef.File(archive), Keys.none(), "test", VerifyListener.NONE);
    Path unpacked = Files.createTempDirectory(root, "unpacked");
    try (InputStream in = Files.newInputStream(archive)) {
      ArchiveReader.extract(
          in, unpacked, ArchiveLimits.forFreeSpace(Long.MAX_VALUE), packedBytes -> {});
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + unpacked.resolve(member));
        Statement statement = connection.createStatement()) {
      long debits = statement.executeQuery("SELECT count(*) FROM debit").getLong(1);
      long credits = statement.executeQuery("SELECT count(*) FROM credit").getLong(1);
      assertThat(debits).isPositive().isEqualTo(credits);
      return debits;
    }
  }

  private static Path prepare(Path database, String journalMode) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=" + journalMode);
      statement.execute("CREATE TABLE debit(id INTEGER PRIMARY KEY, note TEXT)");
      statement.execute("CREATE TABLE credit(id INTEGER PRIMARY KEY, note TEXT)");
    }
    return database;
  }
}
