package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/**
 * Memory does not grow with the data: back up, verify and restore a database larger than the heap.
 * {@code -Dtacvault.megabytes=300 -Dtacvault.heap=96} chooses the sizes.
 */
class BoundedHeapTest {
  private static final int MEGABYTES = Integer.getInteger("tacvault.megabytes", 60);
  private static final int HEAP = Integer.getInteger("tacvault.heap", 48);

  @TempDir Path root;

  @Test
  void databaseLargerThanTheHeapIsBackedUpVerifiedAndRestored() throws Exception {
    Path accounting;
    try (EngineScene scene = EngineScene.create(root)) {
      accounting = scene.database("tacacs_accounting");
    }
    fill(accounting);
    assertThat(Files.size(accounting)).isGreaterThan(MEGABYTES * 1_000_000L);
    Map<String, String> before = TableHashes.of(accounting);
    try (ChildJvm child = ChildJvm.start(List.of("-Xmx" + HEAP + "m"), RoundTrip.class, root)) {
      System.out.println(child.awaitLine("heap"));
      assertThat(child.awaitExit()).isZero();
    }
    assertThat(TableHashes.of(accounting)).isEqualTo(before);
  }

  private static void fill(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous=OFF");
      statement.execute("CREATE TABLE padding(id INTEGER PRIMARY KEY, noise BLOB, text TEXT)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + MEGABYTES * 500
              + ") INSERT INTO padding SELECT i, randomblob(600),"
              + " printf('%.*c', 1400, 'x') FROM n");
    }
  }

  /** Backs up and verifies, empties the table, restores. */
  static final class RoundTrip {
    private RoundTrip() {}

    public static void main(String[] arguments) throws SQLException {
      try (EngineScene scene = EngineScene.open(Path.of(arguments[0]), Map.of())) {
        long start = System.nanoTime();
        Path archive = scene.archive();
        long backedUp = System.nanoTime();
        scene
            .engine()
            .verifier()
            .verify(new ArchiveRef.File(archive), Keys.none(), "test", VerifyListener.NONE);
        long verified = System.nanoTime();
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + scene.database("tacacs_accounting"));
            Statement statement = connection.createStatement()) {
          statement.execute("DELETE FROM padding WHERE id > 10");
        }
        long emptied = System.nanoTime();
        scene.restore(archive);
        long restored = System.nanoTime();
        System.out.printf(
            "heap of %d MiB: backup %d ms, verify %d ms, restore %d ms%n",
            Runtime.getRuntime().maxMemory() >> 20,
            (backedUp - start) / 1_000_000,
            (verified - backedUp) / 1_000_000,
            (restored - emptied) / 1_000_000);
      }
    }
  }
}
