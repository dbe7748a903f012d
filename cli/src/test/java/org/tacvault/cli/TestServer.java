package org.tacvault.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tacvault.engine.BackupEngine;
import org.tacvault.engine.EngineOptions;
import org.tacvault.engine.catalog.DestinationChange;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.io.Sha256;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.sample.TableHashes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small server, and a shell in which commands about it are typed. */
record TestServer(Home home, Shell shell) {
  private static final List<String> DATABASES =
      List.of(
          "config_overrides.db",
          "devices.db",
          "local_auth.db",
          "tacacs_accounting.db",
          "metrics_history.db",
          "audit_trail.db");

  static TestServer create(Path temp) throws IOException {
    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
    return new TestServer(
        SampleHome.create(temp.resolve("home"), SampleSize.SMALL, 7, Shell.NOW),
        Shell.in(elsewhere));
  }

  TestServer with(Shell other) {
    return new TestServer(home, other);
  }

  CommandRun run(String... args) {
    return shell.run(
        Stream.concat(Stream.of(args), Stream.of("--home", root())).toArray(String[]::new));
  }

  /** The one JSON document that a command prints, whatever its exit code. */
  JsonNode json(String... args) {
    return parse(run(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new)));
  }

  static JsonNode parse(CommandRun run) {
    return JsonMapper.shared().readTree(run.out());
  }

  String root() {
    return home.root().toString();
  }

  /** Adds a destination beside the home and returns its directory. */
  Path addDestination(String name) {
    Path directory = home.root().resolveSibling(name);
    engine(
        engine ->
            engine
                .destinations()
                .add(
                    NewDestination.keepingDays(
                        name,
                        "local",
                        Map.of("base_path", directory.toString()),
                        30,
                        shell.now(),
                        "test")));
    return directory;
  }

  void disable(String name) {
    engine(
        engine -> {
          DestinationRecord row = engine.catalog().destinations().get(name);
          return engine
              .catalog()
              .destinations()
              .update(row.id(), DestinationChange.NONE.withEnabled(false));
        });
  }

  /** The path of a new backup at the only destination. */
  String backUp() {
    return json("backup").get("path").asString();
  }

  <T> T engine(Function<BackupEngine, T> work) {
    try (BackupEngine engine =
        BackupEngine.open(
            EngineOptions.of(home)
                .withEnvironment(Environment.of(Map.of()))
                .withClock(() -> shell.now()))) {
      return work.apply(engine);
    }
  }

  /** What the server says: tables by their hashes, the configuration by its bytes. */
  Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    try {
      content.put("tacacs.conf", Sha256.hex(home.configFile()));
      for (String name : DATABASES) {
        Path file = home.data().resolve(name);
        content.put(name, Files.exists(file) ? readable(file) : "none");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static Object readable(Path file) throws IOException {
    byte[] start = Files.readAllBytes(file);
    return new String(start, 0, Math.min(6, start.length)).equals("SQLite")
        ? TableHashes.of(file)
        : Sha256.hex(file);
  }
}
