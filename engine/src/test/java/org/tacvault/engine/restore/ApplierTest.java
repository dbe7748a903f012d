package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.sample.TableHashes;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.HomeState;

class ApplierTest {
  private static final int STEPS_PER_SOURCE = 3;

  @TempDir Path root;
  private RestoreScene scene;

  @BeforeEach
  void createScene() throws IOException {
    scene = RestoreScene.create(root);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allSourcesAreReplacedAndNothingIsLeftOver(boolean rollbackJournals) throws Exception {
    if (rollbackJournals) {
      scene.useRollbackJournals();
    }
    apply(RestoreListener.NONE);
    assertAfter();
    assertNoStrayFiles();
  }

  @Test
  void failureAtEveryStepPutsEverythingBack() {
    Map<String, Object> before = HomeState.content(scene.live());
    int steps = scene.sources().size() * STEPS_PER_SOURCE;
    for (int fatal = 0; fatal < steps; fatal++) {
      RestoreListener failing = failingAt(fatal);
      assertThatThrownBy(() -> apply(failing)).hasMessage("step is fatal");
      assertThat(HomeState.content(scene.live())).as("step %d", fatal).isEqualTo(before);
    }
    assertNoStrayFiles();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deathAtEveryStepIsRecoveredByTheNextStart(boolean rollbackJournals) throws Exception {
    if (rollbackJournals) {
      scene.useRollbackJournals();
    }
    Map<String, Object> before = HomeState.content(scene.live());
    int steps = scene.sources().size() * STEPS_PER_SOURCE;
    for (int fatal = rollbackJournals ? 1 : 0; fatal < steps; fatal += 2) {
      try (ChildJvm child = ChildJvm.start(HaltedApply.class, scene.root(), fatal)) {
        assertThat(child.awaitExit()).isEqualTo(9);
      }
      Optional<Recovery.Report> report = recover();
      assertThat(report)
          .hasValueSatisfying(
              recovered -> {
                assertThat(recovered.outcome()).isEqualTo(Recovery.Outcome.ROLLED_BACK);
                assertThat(recovered.executionId()).isEqualTo("execution-1");
              });
      assertThat(HomeState.content(scene.live())).as("step %d", fatal).isEqualTo(before);
      assertNoStrayFiles();
    }
  }

  @Test
  void committedJournalIsOnlyCleanedUp() {
    RestoreJournal journal =
        RestoreJournal.begin(scene.journal(), "x", RestoreScene.NOW, scene.sources());
    journal.keep(0);
    scene
        .sources()
        .get(0)
        .replace(scene.staged().resolve("tacacs.conf"), () -> {}, (done, all) -> {});
    journal.commit();
    Map<String, Object> after = HomeState.content(scene.live().resolve("config"));

    assertThat(recover().orElseThrow().outcome()).isEqualTo(Recovery.Outcome.COMMITTED);
    assertThat(HomeState.content(scene.live().resolve("config"))).isEqualTo(after);
    assertThat(scene.journal()).doesNotExist();
  }

  @Test
  void whatBecameOfARestoreIsRecordedBeforeTheJournalForgetsIt() {
    RestoreJournal.begin(scene.journal(), "x", RestoreScene.NOW, scene.sources()).commit();
    assertThatThrownBy(
            () ->
                Recovery.run(
                    scene.journal(),
                    id -> ServerControl.NONE,
                    report -> {
                      throw new IllegalStateException("killed while it is recorded");
                    }))
        .hasMessageContaining("killed");
    assertThat(recover().orElseThrow().outcome()).isEqualTo(Recovery.Outcome.COMMITTED);
  }

  @Test
  void missingAndBrokenLiveDatabasesAreReplacedAndPutBackAsTheyWere() throws Exception {
    Path devices = scene.live().resolve("data/devices.db");
    Path users = scene.live().resolve("data/local_auth.db");
    Path metrics = scene.live().resolve("data/metrics_history.db");
    Files.delete(devices);
    Files.write(users, new byte[12_345]);
    Files.write(metrics, new byte[0]);
    Map<String, Object> before = HomeState.content(scene.live());

    int lastStep = scene.sources().size() * STEPS_PER_SOURCE - 1;
    assertThatThrownBy(() -> apply(failingAt(lastStep))).hasMessage("step is fatal");
    assertThat(HomeState.content(scene.live())).isEqualTo(before);

    apply(RestoreListener.NONE);
    assertAfter();
    assertNoStrayFiles();
  }

  @Test
  void staleLogOfABrokenDatabaseIsNotReplayedOntoTheNewOne() throws Exception {
    Path devices = scene.live().resolve("data/devices.db");
    Files.write(devices, "not a database".getBytes());
    Files.write(devices.resolveSibling("devices.db-wal"), new byte[5000]);
    apply(RestoreListener.NONE);
    assertAfter();
    assertNoStrayFiles();
  }

  @Test
  void modeOfReplacedFilesIsKeptAndNewFilesArePrivate() throws Exception {
    Path config = scene.live().resolve("config/tacacs.conf");
    Path devices = scene.live().resolve("data/devices.db");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r-----"));
    Files.delete(devices);
    apply(RestoreListener.NONE);
    assertThat(mode(config)).isEqualTo("rw-r-----");
    assertThat(mode(devices)).isEqualTo("rw-------");
  }

  @Test
  void configurationBehindALinkIsReplacedWhereTheLinkPoints() throws Exception {
    Path config = scene.live().resolve("config/tacacs.conf");
    Path real = scene.root().resolve("etc-tacacs.conf");
    Files.move(config, real);
    Files.createSymbolicLink(config, real);
    apply(RestoreListener.NONE);
    assertThat(config).isSymbolicLink();
    assertThat(real).hasSameBinaryContentAs(scene.staged().resolve("tacacs.conf"));
  }

  @Test
  void readerInAnotherConnectionSeesTheNewUsersWithoutReopening() throws Exception {
    Path users = scene.live().resolve("data/local_auth.db");
    String query =
        "SELECT group_concat(username) FROM (SELECT username FROM local_users ORDER BY 1)";
    try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + users);
        Statement statement = reader.createStatement()) {
      String old = statement.executeQuery(query).getString(1);
      apply(RestoreListener.NONE);
      assertThat(statement.executeQuery(query).getString(1)).isNotEqualTo(old);
    }
  }

  @Test
  void unfinishedJournalIsNotOverwritten() {
    RestoreJournal.begin(scene.journal(), "first", RestoreScene.NOW, scene.sources());
    assertThatThrownBy(() -> apply(RestoreListener.NONE))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).contains("recover"));
            });
  }

  private void apply(RestoreListener listener) {
    new Applier(scene.journal(), listener)
        .apply("execution-1", RestoreScene.NOW, scene.changes(), scene.staged(), () -> {});
  }

  private Optional<Recovery.Report> recover() {
    return Recovery.run(scene.journal(), id -> ServerControl.NONE, report -> true);
  }

  private void assertAfter() {
    for (Source source : scene.sources()) {
      Path staged = scene.staged().resolve(source.member());
      if (source instanceof SqliteSource) {
        assertThat(TableHashes.of(source.live())).isEqualTo(TableHashes.of(staged));
      } else {
        assertThat(source.live()).hasSameBinaryContentAs(staged);
      }
    }
  }

  private void assertNoStrayFiles() {
    assertThat(HomeState.bytes(scene.live()).keySet())
        .noneMatch(name -> name.matches(".*(-wal|-shm|-journal|\\.part)$"))
        .noneMatch(name -> name.contains("restore-journal"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static RestoreListener failingAt(int fatal) {
    return new RestoreListener() {
      private int steps;

      @Override
      public void step(RestoreStep step, String subject) {
        if (steps++ == fatal) {
          throw new IllegalStateException("step is fatal");
        }
      }
    };
  }
}
