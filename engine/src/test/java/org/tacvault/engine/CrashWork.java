package org.tacvault.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.verify.ArchiveRef;

/**
 * One piece of work on a home, as a line of words for another process: what to do, the home, the
 * time, and what else it needs.
 */
record CrashWork(String kind, Path home, Instant at, List<String> rest) {
  static CrashWork of(String kind, Path home, Instant at) {
    return new CrashWork(kind, home, at, List.of());
  }

  /** Restores {@code archive}; held for ten minutes if so wanted. */
  static CrashWork restore(
      Path home,
      Instant at,
      Path archive,
      Set<Component> components,
      History history,
      boolean held) {
    String names = components.stream().map(Component::name).collect(Collectors.joining(","));
    return new CrashWork(
        "restore",
        home,
        at,
        List.of(archive.toString(), names, history.name(), Boolean.toString(held)));
  }

  static CrashWork parse(String line) {
    List<String> words = List.of(line.split("\t", -1));
    return new CrashWork(
        words.get(0),
        Path.of(words.get(1)),
        Instant.parse(words.get(2)),
        words.subList(3, words.size()));
  }

  String line() {
    String words = kind + "\t" + home + "\t" + at;
    return rest.isEmpty() ? words : words + "\t" + String.join("\t", rest);
  }

  void run() {
    try (BackupEngine engine =
        BackupEngine.open(
            new EngineOptions(Home.at(home), Environment.of(Map.of()), InstantSource.fixed(at)))) {
      switch (kind) {
        case "open" -> {}
        case "catalog" -> engine.catalog();
        case "backup" -> backUp(engine);
        case "retention" -> retain(engine);
        case "keep" -> engine.heldRestores().keep("somebody");
        case "back" -> engine.heldRestores().goBack("somebody");
        case "restore" -> restore(engine);
        case "undo" -> undo(engine);
        default -> throw new IllegalArgumentException(kind);
      }
    }
  }

  private void backUp(BackupEngine engine) {
    engine
        .backups()
        .run(
            new BackupRequest(
                engine.target(engine.catalog().destinations().get("store")),
                BackupType.MANUAL,
                "test",
                null,
                BackupListener.NONE));
  }

  private static void retain(BackupEngine engine) {
    var row = engine.catalog().destinations().get("store");
    engine.retention().apply(row, engine.source(row), "test");
  }

  private void restore(BackupEngine engine) {
    Set<Component> components =
        Arrays.stream(rest.get(1).split(","))
            .filter(name -> !name.isEmpty())
            .map(Component::valueOf)
            .collect(Collectors.toSet());
    RestoreOptions options =
        RestoreOptions.PLAIN
            .withHistory(History.valueOf(rest.get(2)))
            .withConfirmWithin(
                Optional.of(Duration.ofMinutes(10))
                    .filter(time -> Boolean.parseBoolean(rest.get(3))));
    apply(
        engine,
        new RestoreRequest(
            new ArchiveRef.File(Path.of(rest.get(0))),
            components,
            Keys.none(),
            options,
            "test",
            RestoreListener.NONE));
  }

  private static void undo(BackupEngine engine) {
    apply(
        engine,
        engine
            .restores()
            .undoTarget()
            .request(Set.of(), Keys.none(), RestoreOptions.PLAIN, "test", RestoreListener.NONE));
  }

  private static void apply(BackupEngine engine, RestoreRequest request) {
    try (PreparedRestore prepared = engine.restores().prepare(request)) {
      prepared.apply();
    }
  }
}
