package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.archive.ArchiveName;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.catalog.PythonCatalog;
import org.tacvault.engine.destination.Destination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/**
 * Backups, retention and taking over an old catalog that die at every step: the next start goes on
 * with whole archives, all rows and nothing of the dead. See {@link Deaths}.
 */
class CrashedBackupTest {
  private static final Duration LATER = Duration.ofHours(2);
  private static final int OLD_ARCHIVES = 4;

  @TempDir Path root;
  private CrashScene scene;

  @BeforeEach
  void createHome() {
    scene = new CrashScene(root);
    SampleHome.create(scene.home().root(), SampleSize.SMALL, 7, EngineScene.NOW);
  }

  @AfterEach
  void endScene() {
    scene.close();
    System.out.println("deaths until now: " + Deaths.TRIED);
  }

  @Test
  void backupIsThereWholeOrNotAtAll() throws Exception {
    addStoreWithOldArchives();
    Map<String, Object> before = scene.content();
    Deaths deaths = new Deaths(scene, work("backup"), death -> checkBackedUp(before));
    deaths.atSteps(deaths.inEveryState(15), 1);
    deaths.atRandom(Deaths.ALL ? 60 : 2, Deaths.ALL ? 60 : 3);
  }

  @Test
  void retentionLeavesNothingWithoutItsArchive() throws Exception {
    addStoreWithOldArchives();
    Deaths deaths = new Deaths(scene, work("retention"), death -> checkRetained());
    deaths.atSteps(deaths.inEveryState(15), 1);
    deaths.atRandom(Deaths.ALL ? 20 : 0, Deaths.ALL ? 40 : 0);
  }

  @Test
  void catalogOfThePythonServerLosesNoRow() throws Exception {
    PythonCatalog.create(scene.home().catalogDatabase());
    scene.save();
    List<String> rows = endedRows();
    scene.run(work("catalog"), (number, point) -> "free");
    List<String> schema = PythonCatalog.schema(scene.home().catalogDatabase());
    Deaths deaths = new Deaths(scene, work("catalog"), death -> checkTakenOver(rows, schema));
    deaths.atSteps(deaths.inEveryState(30), 2);
    deaths.atRandom(Deaths.ALL ? 20 : 0, Deaths.ALL ? 60 : 5);
  }

  private void checkBackedUp(Map<String, Object> before) {
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          assertThat(scene.content()).isEqualTo(before);
          newest(next, ExecutionKind.BACKUP).ifPresent(backup -> assertTold(next, backup));
          archives(next).stream()
              .filter(path -> Files.exists(path) && isNew(path))
              .forEach(path -> verify(next, path));
          DestinationRecord store = store(next);
          next.backUp(next.engine().target(store), BackupListener.NONE);
        });
    scene.assertClean();
    assertThat(files(scene.store())).noneMatch(name -> name.endsWith(".part"));
    assertNoOrphans();
  }

  private static void assertTold(EngineScene next, Execution backup) {
    if (backup.status() == ExecutionStatus.COMPLETED) {
      verify(next, Path.of(backup.result().backupPath()));
    } else {
      assertThat(backup.status()).isEqualTo(ExecutionStatus.FAILED);
    }
  }

  private void checkRetained() {
    assertNoOrphans();
    scene.nextStart(
        CrashScene.after(LATER),
        next -> {
          int left = archives(next).size();
          newest(next, ExecutionKind.RETENTION)
              .filter(retention -> retention.status() == ExecutionStatus.COMPLETED)
              .ifPresent(retention -> assertThat(left).isEqualTo(1));
          DestinationRecord store = store(next);
          try (Destination destination = next.engine().source(store)) {
            next.engine().retention().apply(store, destination, "test");
          }
          assertThat(archives(next)).hasSize(1);
        });
    scene.assertClean();
    assertNoOrphans();
  }

  private void checkTakenOver(List<String> rows, List<String> schema) {
    scene.nextStart(
        CrashScene.after(LATER),
        next -> assertThat(next.engine().catalog().list(ExecutionFilter.newest())).hasSize(3));
    scene.assertClean();
    try {
      assertThat(endedRows()).isEqualTo(rows);
      assertThat(PythonCatalog.schema(scene.home().catalogDatabase())).isEqualTo(schema);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All but the execution that ran for days: whoever opens the catalog ends it. */
  private List<String> endedRows() throws SQLException {
    return PythonCatalog.ownRows(scene.home().catalogDatabase()).stream()
        .filter(row -> !row.startsWith("e-3|"))
        .toList();
  }

  /** Each with the file beside it that the Python server makes. */
  private void addStoreWithOldArchives() throws IOException {
    try (EngineScene first = EngineScene.open(scene.live(), Map.of())) {
      first
          .engine()
          .catalog()
          .destinations()
          .add(
              NewDestination.keepingDays(
                  "store",
                  "local",
                  Map.of("base_path", scene.store().toString()),
                  7,
                  EngineScene.NOW,
                  "test"));
      Path archive = first.archive();
      for (int age = 1; age <= OLD_ARCHIVES; age++) {
        Instant taken = CrashScene.NOW.minus(Duration.ofDays(30L * age));
        Path old =
            scene
                .store()
                .resolve(
                    new ArchiveName(SampleHome.INSTANCE_NAME, taken, "manual", 1, ".tar.gz")
                        .relativePath());
        Files.createDirectories(old.getParent());
        Files.copy(archive, old);
        Files.writeString(Path.of(old + ".manifest.json"), "{}");
      }
      Files.delete(archive);
    }
    scene.save();
  }

  private void assertNoOrphans() {
    assertThat(files(scene.store()))
        .filteredOn(name -> name.endsWith(".manifest.json"))
        .allSatisfy(
            name -> assertThat(Path.of(name.replace(".manifest.json", ""))).isRegularFile());
  }

  private static boolean isNew(Path archive) {
    return !Files.exists(Path.of(archive + ".manifest.json"));
  }

  private static Optional<Execution> newest(EngineScene next, ExecutionKind kind) {
    return next.engine().catalog().list(ExecutionFilter.newest().withKind(kind)).stream()
        .filter(execution -> !execution.startedAt().isBefore(CrashScene.NOW))
        .findFirst();
  }

  private static List<Path> archives(EngineScene next) {
    try (Destination destination = next.engine().source(store(next))) {
      return destination.list().stream().map(StoredArchive::path).map(Path::of).toList();
    }
  }

  private static void verify(EngineScene next, Path archive) {
    next.engine()
        .verifier()
        .verify(new ArchiveRef.File(archive), Keys.none(), "test", VerifyListener.NONE);
  }

  private static DestinationRecord store(EngineScene next) {
    return next.engine().catalog().destinations().get("store");
  }

  private CrashWork work(String kind) {
    return CrashWork.of(kind, scene.home().root(), CrashScene.NOW);
  }

  private static List<String> files(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
