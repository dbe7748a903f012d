package org.tacvault.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.GoesBack;
import org.tacvault.engine.RestoreWatch;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.HeldRestore;
import org.tacvault.engine.restore.Recovery;

/**
 * Sees to it that a restore goes back when nobody confirms it: by a process that outlives this one,
 * started before anything changes, so that a kill at any moment leaves somebody who watches; where
 * that is not possible, by waiting.
 */
final class RestoreGuard implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final CommandContext context;
  private final boolean isWanted;
  private @Nullable GuardProcess process;

  RestoreGuard(CommandContext context, boolean isWanted) {
    this.context = context;
    this.isWanted = isWanted;
  }

  /** Before the restore changes anything. */
  void start() {
    if (isWanted) {
      process = GuardProcess.start(context.homeForRestore(), context.environment()).orElse(null);
    }
  }

  /** After the restore has let go of everything: waits when nobody else does. */
  ExitCode after(ExitCode done) {
    BackupEngine engine = context.engineForRestore();
    if (!isWanted || process != null || engine.heldRestores().find().isEmpty()) {
      return done;
    }
    HeldRestore held = engine.heldRestores().find().get();
    context
        .console()
        .warn(
            "no other process could be started to watch this restore: leave this one running. "
                + GoesBack.text(held.deadline()));
    return await(held.executionId(), engine.home(), done);
  }

  private ExitCode await(String executionId, Home home, ExitCode kept) {
    RestoreWatch watch =
        new RestoreWatch(
            new EngineOptions(home, Environment.of(context.environment()), context.clock()));
    Optional<Recovery.Report> back = watch.look();
    while (watch.isHolding() && back.isEmpty()) {
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        context.console().warn("nobody watches any more: the next command after it goes back");
        return ExitCode.INTERRUPTED;
      }
      back = watch.look();
    }
    if (back.isEmpty()) {
      return kept;
    }
    context.console().warn("the restore " + executionId + " was not kept: all is as before");
    back.get().losses().forEach(context.console()::warn);
    return ExitCode.WARNINGS;
  }

  /** From here on the other process is alone. */
  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
