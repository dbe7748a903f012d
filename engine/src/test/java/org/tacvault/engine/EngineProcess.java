package org.tacvault.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * A process that works on a home until it is killed. Arguments: the home; {@code backup} with a
 * directory, or {@code restore} with archives that are restored in turn; before them, the moment at
 * which it stands still ({@code SNAPSHOT}, {@code REPLACE 3}), or {@code -} to go on for ever.
 * Prints {@code ready} when it begins, {@code at} the moment, and {@code refused} with the kind of
 * a failure.
 */
final class EngineProcess {
  private EngineProcess() {}

  public static void main(String[] arguments) throws IOException {
    Home home = Home.at(Path.of(arguments[0]));
    Halt halt = new Halt(arguments[1]);
    List<Path> paths =
        List.of(arguments).subList(3, arguments.length).stream().map(Path::of).toList();
    try (BackupEngine engine = EngineScene.open(home, Map.of())) {
      System.out.println("ready");
      for (int turn = 0; ; turn++) {
        Path path = paths.get(turn % paths.size());
        if (arguments[2].equals("backup")) {
          backUp(engine, path, halt);
        } else {
          restore(engine, path, halt);
        }
        System.out.println("done");
      }
    } catch (EngineException e) {
      System.out.println("refused " + e.kind() + " " + e.getMessage());
    }
  }

  private static void backUp(BackupEngine engine, Path directory, Halt halt) {
    engine
        .backups()
        .run(
            new BackupRequest(
                engine.target(directory),
                BackupType.MANUAL,
                "test",
                null,
                new BackupListener() {
                  @Override
                  public void stage(BackupStage stage) {
                    halt.reached(stage.name());
                  }
                }));
  }

  private static void restore(BackupEngine engine, Path archive, Halt halt) {
    RestoreListener listener =
        new RestoreListener() {
          @Override
          public void step(RestoreStep step, String subject) {
            halt.reached(step.name());
          }
        };
    try (PreparedRestore prepared =
        engine
            .restores()
            .prepare(
                new RestoreRequest(
                    new ArchiveRef.File(archive),
                    Set.of(),
                    Keys.none(),
                    RestoreOptions.PLAIN,
                    "test",
                    listener))) {
      prepared.apply();
    }
  }

  /** Stands still at one moment, so that it can be killed just there. */
  private static final class Halt {
    private final String moment;
    private int before;

    Halt(String wanted) {
      String[] words = wanted.split(" ");
      this.moment = words[0];
      this.before = words.length > 1 ? Integer.parseInt(words[1]) : 1;
    }

    void reached(String name) {
      if (name.equals(moment) && --before == 0) {
        System.out.println("at " + moment);
        try {
          // Standard input never ends: what follows does not happen.
          System.in.read();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
