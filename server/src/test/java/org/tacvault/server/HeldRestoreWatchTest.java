package org.tacvault.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.SampleDisaster;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.verify.ArchiveRef;

class HeldRestoreWatchTest {
  @TempDir Path temp;

  @Test
  @Timeout(60)
  void theServiceTakesBackWhatNobodyKeeps() throws Exception {
    Home home = SampleHome.create(temp.resolve("home"), SampleSize.SMALL, 7, Instant.now());
    Path archive = backUp(home);
    SampleDisaster.strike(home, 3);
    Path devices = home.data().resolve("devices.db");
    Map<String, String> struck = Map.copyOf(TableHashes.of(devices));
    try (RunningServer server =
        ServerApplication.start(new ServerOptions(home, ServerOptions.DEFAULT_HOST, 0))) {
      assertThat(server.port()).isPositive();
      restore(home, archive, Duration.ofSeconds(1));
      assertThat(TableHashes.of(devices)).isNotEqualTo(struck);
      await().atMost(Duration.ofSeconds(30)).until(() -> !home.restoreJournal().toFile().exists());
      assertThat(TableHashes.of(devices)).isEqualTo(struck);
    }
  }

  private Path backUp(Home home) {
    try (BackupEngine engine = BackupEngine.open(home.root())) {
      return Path.of(
          String.valueOf(
              engine
                  .backups()
                  .run(
                      new BackupRequest(
                          engine.target(temp.resolve("store")),
                          BackupType.MANUAL,
                          "test",
                          null,
                          BackupListener.NONE))
                  .result()
                  .backupPath()));
    }
  }

  private static void restore(Home home, Path archive, Duration time) {
    try (BackupEngine engine = BackupEngine.open(home.root());
        PreparedRestore prepared =
            engine
                .restores()
                .prepare(
                    new RestoreRequest(
                        new ArchiveRef.File(archive),
                        Set.of(Component.DEVICES),
                        Keys.none(),
                        RestoreOptions.PLAIN.withConfirmWithin(Optional.of(time)),
                        "test",
                        RestoreListener.NONE))) {
      prepared.apply();
    }
  }
}
