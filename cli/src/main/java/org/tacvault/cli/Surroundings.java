package org.tacvault.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.tacvault.cli.output.Keyboard;
import org.tacvault.cli.output.Terminal;

/**
 * What a command finds around it; tests hand in their own.
 *
 * @param out answers, UTF-8 whatever the locale
 * @param err errors, notes and progress
 */
record Surroundings(
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    Keyboard keyboard,
    Map<String, String> environment,
    Path workingDirectory,
    InstantSource clock) {
  /** Those of this process. */
  static Surroundings ofThisProcess() {
    Terminal terminal = Terminal.detect(System.getProperties(), System.getenv());
    return new Surroundings(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminal,
        Keyboard.ofThisProcess(terminal),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        InstantSource.system());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
