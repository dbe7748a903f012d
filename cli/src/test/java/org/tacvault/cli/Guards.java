package org.tacvault.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that watch restores of one home. */
final class Guards {
  private Guards() {}

  static List<ProcessHandle> of(Path home) {
    return ProcessHandle.allProcesses().filter(process -> isOf(process, home)).toList();
  }

  /** {@link ProcessHandle.Info} cuts long command lines, and a class path is long. */
  private static boolean isOf(ProcessHandle process, Path home) {
    try {
      String line = arguments(process);
      return line.contains(RestoreGuardCommand.NAME) && line.contains(home.toString());
    } catch (IOException e) {
      // It has ended.
      return false;
    }
  }

  /** As everybody on the machine can see them, with a NUL between them. */
  static String arguments(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), ISO_8859_1);
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
