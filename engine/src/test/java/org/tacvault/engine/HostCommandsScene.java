package org.tacvault.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.StockTool;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.testing.Scripts;
import org.tacvault.engine.verify.ArchiveRef;

/** A server whose commands tell for what they are run and what they see in its database. */
abstract class HostCommandsScene {
  static final String DISABLE = "UPDATE local_users SET enabled = 0";

  @TempDir Path root;
  EngineScene scene;
  Scripts scripts;
  Path archive;
  Map<String, Object> before;

  @BeforeEach
  void backUpAndChange() throws SQLException {
    StockTool.run("sqlite3", "--version");
    scripts = new Scripts(root.resolve("bin"));
    try (EngineScene plain = EngineScene.create(root)) {
      configure(plain, "# none");
      archive = plain.archive();
    }
    scene = EngineScene.open(root, Map.of());
    change(DISABLE);
    before = scene.content();
  }

  /** Scripts that tell for what they are run and whether users are enabled, and succeed. */
  void configure(String... names) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      script(name, "exit 0");
      lines.add(name + "_command = " + scripts.path(name));
    }
    lines.add("command_timeout = 5");
    configure(scene, lines.toArray(String[]::new));
  }

  /** That one fails when it is run for this operation. */
  void failing(String name, String operation) {
    script(name, "[ $TACVAULT_OPERATION != " + operation + " ] || exit 9");
  }

  void script(String name, String last) {
    scripts.write(
        name,
        "echo I " + name,
        "echo \"$TACVAULT_OPERATION "
            + name
            + " $(sqlite3 \"$TACVAULT_HOME/data/local_auth.db\" "
            + "'SELECT max(enabled) FROM local_users')\" >> "
            + scripts.path("seen"),
        last);
  }

  void configure(EngineScene of, String... lines) {
    try {
      Path file = of.home().configFile();
      String text = Files.readString(file).replaceAll("(?s)# commands.*?# end\n", "");
      String block = "# commands\n" + String.join("\n", lines) + "\n# end\n";
      Files.writeString(file, text.replace("[backup]\n", "[backup]\n" + block));
      if (before != null) {
        before = of.content();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void change(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + scene.database("local_auth"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  PreparedRestore prepare(Path of, RestoreOptions options) {
    return scene
        .engine()
        .restores()
        .prepare(
            new RestoreRequest(
                new ArchiveRef.File(of),
                Set.of(),
                Keys.none(),
                options,
                "test",
                RestoreListener.NONE));
  }

  List<String> seen() {
    return scripts.lines("seen");
  }
}
