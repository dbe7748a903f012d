package org.tacvault.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that watch restores of one home. */
final class Guards {
  private Guards() {}

  static List<ProcessHandle> of(Path home) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().map(line -> isOf(line, home)).orElse(false))
        .toList();
  }

  private static boolean isOf(String commandLine, Path home) {
    return commandLine.contains(RestoreGuardCommand.NAME) && commandLine.contains(home.toString());
  }

  /** Fails when one of them does not end by itself. */
  static void awaitEnd(Path home) throws Exception {
    for (ProcessHandle guard : of(home)) {
      guard.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  static void kill(Path home) throws Exception {
    for (ProcessHandle guard : of(home)) {
      guard.destroyForcibly();
      guard.onExit().get(30, TimeUnit.SECONDS);
    }
  }
}
