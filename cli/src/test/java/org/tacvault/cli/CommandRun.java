package org.tacvault.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.tacvault.cli.output.Keyboard;
import org.tacvault.cli.output.Terminal;

/** What a command line answered when run inside the test. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... args) {
    return of(Terminal.NONE, args);
  }

  static CommandRun of(Terminal terminal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Interruption never = new Interruption(Thread.currentThread(), Duration.ZERO);
    int code = Main.run(args, surroundings(out, err, terminal), never);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Surroundings surroundings(
      ByteArrayOutputStream out, ByteArrayOutputStream err, Terminal terminal) {
    return new Surroundings(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        Keyboard.NOBODY,
        Map.of(),
        Path.of("").toAbsolutePath(),
        InstantSource.fixed(Instant.EPOCH));
  }
}
