package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.testing.EraDatabase;
import org.tacvault.engine.testing.EraProcess;

/** Other programs read and write every database while all of them are restored. */
class HotRestoreTest {
  private static final List<String> NAMES =
      List.of(
          "devices",
          "local_auth",
          "tacacs_accounting",
          "metrics_history",
          "audit_trail",
          "config_overrides");

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({"jvm, WAL", "python3, DELETE"})
  void allDatabasesAreRestoredUnderReadersAndWriters(String tool, String mode) throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = archiveOfNewEra(scene, mode);
      Path[] databases = databases(scene);
      Path log = root.resolve("commits");
      try (EraProcess reader = EraProcess.reader(tool, databases);
          EraProcess writer = EraProcess.writer(tool, log, databases)) {
        RestoreReport report = scene.restore(archive);
        assertThat(report.warnings()).isEmpty();
        assertThat(writer.end()).isEqualTo("new");
        assertThat(reader.end()).isEqualTo("new");
      }
      for (Path database : databases) {
        assertThat(EraDatabase.written(database, "debit", "old")).isEmpty();
        assertThat(EraDatabase.written(database, "debit", "new"))
            .isEqualTo(EraProcess.committed(log, "new", database));
        assertThat(EraDatabase.text(database, "PRAGMA journal_mode")).isEqualToIgnoringCase(mode);
        assertThat(EraDatabase.text(database, "PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"python3, WAL", "jvm, DELETE"})
  void failureAfterAllIsReplacedLosesNothingThatWasWrittenToTheOldContent(String tool, String mode)
      throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = archiveOfNewEra(scene, mode);
      Path[] databases = databases(scene);
      Path log = root.resolve("commits");
      List<String> replaced = new ArrayList<>();
      RestoreListener fatal =
          new RestoreListener() {
            @Override
            public void step(RestoreStep step, String subject) {
              if (step == RestoreStep.REPLACED) {
                replaced.add(subject);
                if (subject.equals("tacacs.conf")) {
                  throw new IllegalStateException("step is fatal");
                }
              }
            }
          };
      try (EraProcess reader = EraProcess.reader(tool, databases);
          EraProcess writer = EraProcess.writer(tool, log, databases)) {
        assertThatThrownBy(() -> scene.restore(archive, Keys.none(), fatal))
            .hasMessage("step is fatal");
        assertThat(writer.end()).isEqualTo("old");
        assertThat(reader.end()).isEqualTo("old");
      }
      assertThat(replaced.subList(0, 3))
          .containsExactly("tacacs_accounting.db", "metrics_history.db", "audit_trail.db");
      assertThat(replaced).hasSizeGreaterThan(3);
      assertThat(Stream.of(databases))
          .allSatisfy(
              database ->
                  assertThat(EraDatabase.text(database, "SELECT name FROM era_first"))
                      .isEqualTo("old"));
      for (Path database : databases) {
        assertThat(EraDatabase.written(database, "debit", "old"))
            .containsAll(EraProcess.committed(log, "old", database));
      }
      scene.assertNothingRuns();
    }
  }

  private static Path archiveOfNewEra(EngineScene scene, String mode) throws Exception {
    for (Path database : databases(scene)) {
      EraDatabase.create(database, mode, 4096, "new", 500);
    }
    Path archive = scene.archive();
    for (Path database : databases(scene)) {
      EraDatabase.setEra(database, "old");
    }
    return archive;
  }

  private static Path[] databases(EngineScene scene) {
    return NAMES.stream().map(scene::database).toArray(Path[]::new);
  }
}
