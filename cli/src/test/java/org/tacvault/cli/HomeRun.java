package org.tacvault.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacvault.engine.archive.ArchiveName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Command lines about one home, typed into a shell that stands in it. */
record HomeRun(Path home, Shell shell) {
  static final Instant NOW = Shell.NOW;

  /** A home whose {@code tacacs.conf} holds {@code config}. */
  static HomeRun create(Path home, String config) {
    try {
      Files.createDirectories(home.resolve("config"));
      Files.writeString(home.resolve("config/tacacs.conf"), config);
      return new HomeRun(home, Shell.in(home));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HomeRun withEnvironment(Map<String, String> variables) {
    return new HomeRun(home, shell.with(variables));
  }

  /** Somebody sits there who answers every question with {@code answer}. */
  HomeRun answering(String answer) {
    return new HomeRun(home, shell.answering(answer));
  }

  CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", home.toString()));
    return runWithoutHome(all.toArray(String[]::new));
  }

  CommandRun runWithoutHome(String... args) {
    return shell.run(args);
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
