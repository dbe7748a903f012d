package org.tacvault.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.UndoTarget;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.verify.ArchiveRef;

/** A sample home, the archive of another one to restore into it, and a clock that a test moves. */
final class UndoScene {
  final Path root;
  final Home home;
  final Path archive;
  final Map<String, Object> before;
  final Map<String, Object> other;
  Instant now = EngineScene.NOW;
  Map<String, String> environment = Map.of();

  private UndoScene(Path root, Path archive) {
    this.root = root;
    this.home = Home.at(root.resolve("home"));
    this.archive = archive;
    this.before = content();
    this.other = EngineScene.content(root.resolve("other/home"));
  }

  static UndoScene create(Path root) {
    SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, EngineScene.NOW);
    SampleHome.create(root.resolve("other/home"), SampleSize.SMALL, 11, EngineScene.NOW);
    try (EngineScene other = EngineScene.open(root.resolve("other"), Map.of())) {
      return new UndoScene(root, other.archive());
    }
  }

  BackupEngine open() {
    return BackupEngine.open(options());
  }

  EngineOptions options() {
    return new EngineOptions(home, Environment.of(environment), () -> now);
  }

  Map<String, Object> content() {
    Map<String, Object> content = EngineScene.content(home.root());
    content.keySet().removeIf(name -> name.startsWith("data/restore-journal/"));
    return content;
  }

  /** Restores the other server's archive. */
  RestoreReport restore(Optional<Duration> within, Component... components) {
    return restore(
        RestoreOptions.PLAIN.withConfirmWithin(within), RestoreListener.NONE, components);
  }

  RestoreReport restore(RestoreOptions options) {
    return restore(options, RestoreListener.NONE);
  }

  RestoreReport restore(RestoreOptions options, RestoreListener listener, Component... components) {
    pass(Duration.ofSeconds(1));
    try (BackupEngine engine = open();
        PreparedRestore prepared =
            engine
                .restores()
                .prepare(
                    new RestoreRequest(
                        new ArchiveRef.File(archive),
                        Set.of(components),
                        Keys.none(),
                        options,
                        "test",
                        listener))) {
      return prepared.apply();
    }
  }

  RestoreReport undo(Component... components) {
    return undo(Keys.none(), components);
  }

  RestoreReport undo(Keys keys, Component... components) {
    pass(Duration.ofSeconds(1));
    try (BackupEngine engine = open();
        PreparedRestore prepared = engine.restores().prepare(request(engine, keys, components))) {
      return prepared.apply();
    }
  }

  RestorePlan planUndo() {
    try (BackupEngine engine = open()) {
      RestoreRequest request = request(engine, Keys.none());
      try (PreparedRestore prepared = engine.restores().prepare(request)) {
        return prepared.plan();
      }
    }
  }

  private static RestoreRequest request(BackupEngine engine, Keys keys, Component... components) {
    UndoTarget target = engine.restores().undoTarget();
    return target.request(
        Set.of(components), keys, RestoreOptions.PLAIN, "test", RestoreListener.NONE);
  }

  /** Newest first. */
  List<Execution> restores() {
    try (BackupEngine engine = open()) {
      return engine.catalog().list(ExecutionFilter.newest().withKind(ExecutionKind.RESTORE));
    }
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Path database(String name) {
    return home.data().resolve(name + ".db");
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void useRollbackJournals() throws SQLException {
    for (String name : List.of("config_overrides", "devices", "local_auth")) {
      execute(name, "PRAGMA journal_mode=DELETE");
    }
  }
}
