package org.tacvault.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacvault.cli.output.Keyboard;
import org.tacvault.cli.output.Terminal;
import org.tacvault.engine.archive.ArchiveName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Command lines about one home, run inside the test at a fixed time. */
record HomeRun(Path home, Map<String, String> environment, Keyboard keyboard) {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  /** A home whose {@code tacacs.conf} holds {@code config}. */
  static HomeRun create(Path home, String config) {
    try {
      Files.createDirectories(home.resolve("config"));
      Files.writeString(home.resolve("config/tacacs.conf"), config);
      return new HomeRun(home, Map.of(), Keyboard.NOBODY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HomeRun withEnvironment(Map<String, String> variables) {
    return new HomeRun(home, variables, keyboard);
  }

  /** Somebody sits there who answers every question with {@code answer}. */
  HomeRun answering(String answer) {
    Keyboard answering =
        new Keyboard() {
          @Override
          public boolean isPresent() {
            return true;
          }

          @Override
          public Optional<String> line(String prompt) {
            return Optional.of(answer);
          }

          @Override
          public Optional<char[]> secret(String prompt) {
            return Optional.empty();
          }
        };
    return new HomeRun(home, environment, answering);
  }

  CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", home.toString()));
    return runWithoutHome(all.toArray(String[]::new));
  }

  CommandRun runWithoutHome(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            keyboard,
            environment,
            home,
            InstantSource.fixed(NOW));
    Interruption never = new Interruption(Thread.currentThread(), Duration.ZERO);
    int code = Main.run(args, surroundings, never);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs with {@code --json}; that must be all that is printed. */
  JsonNode json(int exitCode, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    CommandRun run = run(all.toArray(String[]::new));
    if (run.exitCode() != exitCode || !run.err().isEmpty()) {
      throw new AssertionError(run.toString());
    }
    return JsonMapper.shared().readTree(run.out());
  }

  /** Puts something into {@code store} that listings take for a manual backup of that age. */
  static Path storeArchive(Path store, int daysAgo) {
    try {
      Instant takenAt = NOW.minus(Duration.ofDays(daysAgo));
      ArchiveName name = new ArchiveName("fra1", takenAt, "manual", 1, ".tar.gz");
      Path file = store.resolve(name.relativePath());
      Files.createDirectories(file.getParent());
      return Files.write(file, new byte[daysAgo]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
