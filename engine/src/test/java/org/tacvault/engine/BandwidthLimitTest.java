package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.Destination;

class BandwidthLimitTest {
  private static final int BYTES_PER_SECOND = 20 << 10;

  @TempDir Path root;

  @Test
  void aBackupIsStoredAndReadBackNoFasterThanTheSettingSays() {
    try (EngineScene scene =
        EngineScene.create(root, Map.of("TACACS_BACKUP_BANDWIDTH_LIMIT", "20K"))) {
      DestinationRecord row =
          scene
              .engine()
              .destinations()
              .add(
                  new NewDestination(
                      "near",
                      "local",
                      Map.of("base_path", scene.store().toString()),
                      30,
                      "simple",
                      Map.of(),
                      EngineScene.NOW,
                      "test"));
      BackupTarget target = scene.engine().target(row);
      long begun = System.nanoTime();
      try (Destination ignored = target.destination()) {
        Execution done = scene.backUp(target, BackupListener.NONE);
        double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
        long bytes = done.result().compressedSizeBytes();
        assertThat(bytes).as("the archive is large enough to tell").isGreaterThan(5_000);
        assertThat(seconds).isGreaterThan(2.0 * bytes / BYTES_PER_SECOND);
      }
    }
  }
}
