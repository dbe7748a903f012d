package org.tacvault.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * A process that dies, with 9, when its restore is held and not yet recorded. Arguments: the home
 * and the archive.
 */
final class HeldKilled {
  private HeldKilled() {}

  public static void main(String[] arguments) {
    Home home = Home.at(Path.of(arguments[0]));
    EngineOptions options =
        new EngineOptions(home, Environment.of(Map.of()), () -> dieWhenHeld(home));
    try (BackupEngine engine = BackupEngine.open(options);
        PreparedRestore prepared =
            engine
                .restores()
                .prepare(
                    new RestoreRequest(
                        new ArchiveRef.File(Path.of(arguments[1])),
                        Set.of(),
                        Keys.none(),
                        RestoreOptions.PLAIN.withConfirmWithin(Optional.of(Duration.ofMinutes(10))),
                        "test",
                        RestoreListener.NONE))) {
      prepared.apply();
    }
  }

  /** The end of the execution is the first that asks for the time after the journal holds. */
  private static Instant dieWhenHeld(Home home) {
    if (HeldRestore.find(home.restoreJournal()).isPresent()) {
      Runtime.getRuntime().halt(9);
    }
    return EngineScene.NOW.plusSeconds(1);
  }
}
