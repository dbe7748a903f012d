package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.History;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.verify.ArchiveRef;

/** A whole restore with {@link History#MERGE}. */
class HistoryMergeEndToEndTest {
  private static final String LATE =
      "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
          + " VALUES(1795500000,'late','a','r',1)";

  @TempDir Path root;

  @Test
  void keepsWhatCameAndNeedsNoRestart() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      long rows = audited(scene);
      change(scene, "DELETE FROM audit_log WHERE id<=10", LATE);
      RestoreReport report = restore(scene, archive, RestoreListener.NONE);
      assertThat(report.restartRequired()).isFalse();
      assertThat(report.warnings()).isEmpty();
      assertThat(audited(scene)).isEqualTo(rows + 1);
      restore(scene, archive, RestoreListener.NONE);
      assertThat(audited(scene)).isEqualTo(rows + 1);
      scene.assertNothingLeft();
    }
  }

  @Test
  void unitesWithTheEmergencyBackupOfAReplacement() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      long rows = audited(scene);
      change(scene, LATE);
      Path emergency = Path.of(scene.restore(archive).emergencyBackup());
      assertThat(audited(scene)).isEqualTo(rows);
      change(scene, LATE.replace("late", "later"));
      restore(scene, emergency, RestoreListener.NONE);
      assertThat(audited(scene)).isEqualTo(rows + 2);
    }
  }

  @Test
  void aLaterFailureTakesTheMergeBack() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      change(scene, "DELETE FROM audit_log WHERE id<=10", LATE);
      Map<String, Object> before = scene.content();
      RestoreListener fails =
          new RestoreListener() {
            @Override
            public void step(RestoreStep step, String subject) {
              if (step == RestoreStep.REPLACED && subject.equals("audit_trail.db")) {
                throw new IllegalStateException("failed after the merge");
              }
            }
          };
      assertThatThrownBy(() -> restore(scene, archive, fails)).hasMessageContaining("failed after");
      assertThat(scene.content()).isEqualTo(before);
      scene.assertNothingLeft();
    }
  }

  @Test
  void aMissingDatabaseIsRestoredAsItWasAndNamed() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      long rows = audited(scene);
      Files.delete(scene.database("audit_trail"));
      RestoreReport report = restore(scene, archive, RestoreListener.NONE);
      assertThat(report.warnings())
          .anyMatch(warning -> warning.startsWith("audit_trail.db is not there"));
      assertThat(audited(scene)).isEqualTo(rows);
    }
  }

  private static RestoreReport restore(EngineScene scene, Path archive, RestoreListener listener) {
    RestoreRequest request =
        new RestoreRequest(
            new ArchiveRef.File(archive),
            Set.of(Component.ACCOUNTING, Component.METRICS, Component.AUDIT),
            Keys.none(),
            RestoreOptions.PLAIN.withHistory(History.MERGE),
            "test",
            listener);
    try (PreparedRestore prepared = scene.engine().restores().prepare(request)) {
      return prepared.apply();
    }
  }

  private static long audited(EngineScene scene) throws SQLException {
    try (Connection connection = open(scene);
        Statement statement = connection.createStatement()) {
      return statement.executeQuery("SELECT count(*) FROM audit_log").getLong(1);
    }
  }

  private static void change(EngineScene scene, String... statements) throws SQLException {
    try (Connection connection = open(scene);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection open(EngineScene scene) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + scene.database("audit_trail"));
  }
}
