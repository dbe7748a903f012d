package org.tacvault.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.tacvault.cli.output.Keyboard;
import org.tacvault.cli.output.Terminal;

/**
 * Where a test types commands.
 *
 * @param answer what is typed when a command asks; empty when nobody is there
 */
record Shell(
    Path directory, Map<String, String> environment, Optional<String> answer, Instant now) {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  static Shell in(Path directory) {
    return new Shell(directory, Map.of(), Optional.empty(), NOW);
  }

  Shell with(Map<String, String> variables) {
    return new Shell(directory, variables, answer, now);
  }

  Shell answering(String text) {
    return new Shell(directory, environment, Optional.of(text), now);
  }

  Shell at(Instant time) {
    return new Shell(directory, environment, answer, time);
  }

  CommandRun run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            answer.<Keyboard>map(text -> new TypedAnswer(text)).orElse(Keyboard.NOBODY),
            environment,
            directory,
            InstantSource.fixed(now));
    int code =
        Main.run(args, surroundings, new Interruption(Thread.currentThread(), Duration.ZERO));
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record TypedAnswer(String text) implements Keyboard {
    @Override
    public boolean isPresent() {
      return true;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.of(text);
    }

    @Override
    public Optional<char[]> secret(String prompt) {
      return Optional.of(text.toCharArray());
    }
  }
}
