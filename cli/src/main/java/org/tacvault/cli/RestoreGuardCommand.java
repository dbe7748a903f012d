package org.tacvault.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.RestoreWatch;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;
import picocli.CommandLine.Command;

/**
 * Watches a restore that waits to be confirmed, as a process of its own: see {@link RestoreGuard}.
 * Prints {@code watching} when it does. Ends when the restore has been kept or has gone back; when
 * its standard input ends before there was one, the restore failed or was killed.
 */
@Command(
    name = RestoreGuardCommand.NAME,
    hidden = true,
    description = "Take back a restore that is not confirmed in time; started by restore.")
final class RestoreGuardCommand extends TacvaultCommand {
  static final String NAME = "restore-guard";
  static final String READY = "watching";

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private volatile boolean isAlone;

  @Override
  ExitCode run(CommandContext context) throws InterruptedException {
    EngineOptions options =
        new EngineOptions(
            context.homeForRestore(), Environment.of(context.environment()), context.clock());
    awaitEndOf(System.in);
    context.console().answer(READY, () -> READY);
    watch(options);
    return ExitCode.OK;
  }

  /** Returns when nothing is left to watch. */
  private void watch(EngineOptions options) throws InterruptedException {
    RestoreWatch watch = new RestoreWatch(options);
    Duration pause = LOOK;
    while (!isAlone || Files.exists(options.home().restoreJournal())) {
      boolean wasAlone = isAlone;
      try {
        watch.look();
        pause = LOOK;
        if (wasAlone && !watch.isHolding()) {
          recover(options);
          return;
        }
      } catch (EngineException e) {
        // A database that is locked, a full disk: the old content is safe, so later is fine too.
        // It is in the catalog, and every command says so.
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
      Thread.sleep(pause.toMillis());
    }
  }

  /** What the restore left that had started this process and was killed. */
  private static void recover(EngineOptions options) {
    Home home = options.home();
    if (Files.exists(home.restoreJournal())) {
      BackupEngine.open(options).close();
    }
  }

  private void awaitEndOf(InputStream parent) {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (parent.read() >= 0) {
                  // Nothing is ever said.
                }
              } catch (IOException e) {
                // As good as its end.
              }
              isAlone = true;
            },
            "parent");
    reader.setDaemon(true);
    reader.start();
  }
}
