package org.tacvault.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.restore.ConfirmTime;
import picocli.CommandLine.Option;

/** The options of a restore that are about going back. */
final class WayBack {
  @Option(
      names = "--undo",
      description =
          "Take back the last restore, or the one that waits to be confirmed; undoing an undo"
              + " brings back what it took.")
  private boolean undo;

  @Option(
      names = "--confirm-within",
      paramLabel = "TIME",
      description =
          "Go back by itself after 90s, 10m or 2h (10 seconds to 24 hours) unless --keep comes"
              + " first; also after a restart.")
  private @Nullable String confirmWithin;

  @Option(names = "--keep", description = "Keep the restore that waits to be confirmed.")
  private boolean keep;

  boolean isUndo() {
    return undo;
  }

  boolean isKeep() {
    return keep;
  }

  Optional<Duration> confirmWithin() {
    return Optional.ofNullable(confirmWithin).map(ConfirmTime::parse);
  }

  /**
   * Fails when the options contradict each other.
   *
   * @param others whether there are options that only a restore takes
   */
  void check(TacvaultCommand command, ArchiveChoice choice, boolean others) {
    if (keep && (undo || confirmWithin != null || choice.isGiven() || others)) {
      throw command.wrongArguments("--keep stands alone");
    }
    if (undo && choice.isGiven()) {
      throw command.wrongArguments(
          "--undo knows its backup: it excludes --archive, --destination, --backup and --latest");
    }
    confirmWithin();
    if (!keep && !undo) {
      choice.check(command);
    }
  }
}
