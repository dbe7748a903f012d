package org.tacvault.engine.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

/** A live home, and staged copies of another one to restore into it. */
record RestoreScene(Path root, Path live, Path staged, Path journal) {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  static RestoreScene create(Path root) throws IOException {
    Path live = SampleHome.create(root.resolve("live"), SampleSize.SMALL, 1, NOW).root();
    RestoreScene scene = at(root);
    Home other = SampleHome.create(root.resolve("other"), SampleSize.SMALL, 2, NOW);
    Files.createDirectories(scene.staged);
    for (Source source : sources(other.root())) {
      Files.copy(source.live(), scene.staged.resolve(source.member()));
    }
    if (!live.equals(scene.live)) {
      throw new IllegalStateException("unexpected home " + live);
    }
    return scene;
  }

  static RestoreScene at(Path root) {
    return new RestoreScene(
        root,
        root.resolve("live"),
        root.resolve("staged"),
        root.resolve("live/data/restore-journal"));
  }

  List<Source> sources() {
    return sources(live);
  }

  List<Change> changes() {
    return sources().stream().map(Change::replace).toList();
  }

  static List<Source> sources(Path home) {
    Path data = home.resolve("data");
    return List.of(
        new FileSource(Component.CONFIG, Members.TACACS_CONF, home.resolve("config/tacacs.conf")),
        database(Component.CONFIG, Members.OVERRIDES, data),
        database(Component.DEVICES, Members.DEVICES, data),
        database(Component.USERS, Members.USERS, data),
        database(Component.METRICS, Members.METRICS, data));
  }

  void useRollbackJournals() throws SQLException {
    for (Source source : sources()) {
      if (source instanceof SqliteSource) {
        execute(source.live(), "PRAGMA journal_mode=DELETE");
      }
    }
  }

  static void execute(Path database, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static Source database(Component component, String member, Path data) {
    return new SqliteSource(component, member, data.resolve(member));
  }
}
