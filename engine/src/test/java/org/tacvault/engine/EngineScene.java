package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionFilter;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.testing.HomeState;
import org.tacvault.engine.verify.ArchiveRef;

/** A sample home with an engine, and a store beside it, for tests that do bad things to them. */
record EngineScene(Home home, Path store, BackupEngine engine) implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  static EngineScene create(Path root) {
    return create(root, Map.of());
  }

  static EngineScene create(Path root, Map<String, String> environment) {
    SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, NOW);
    return open(root, environment);
  }

  /** A scene whose home is there already, or is not there at all. */
  static EngineScene open(Path root, Map<String, String> environment) {
    Home home = Home.at(root.resolve("home"));
    return new EngineScene(home, root.resolve("store"), open(home, environment));
  }

  static BackupEngine open(Home home, Map<String, String> environment) {
    return BackupEngine.open(
        new EngineOptions(home, Environment.of(environment), InstantSource.fixed(NOW)));
  }

  Execution backUp() {
    return backUp(BackupListener.NONE);
  }

  Execution backUp(BackupListener listener) {
    return backUp(store, listener);
  }

  Execution backUp(Path directory, BackupListener listener) {
    return backUp(engine.target(directory), listener);
  }

  Execution backUp(BackupTarget target, BackupListener listener) {
    return engine
        .backups()
        .run(new BackupRequest(target, BackupType.MANUAL, "test", "why", listener));
  }

  /** The archive of a new backup. */
  Path archive() {
    return Path.of(backUp().result().backupPath());
  }

  RestoreReport restore(Path archive) {
    return restore(archive, Keys.none(), RestoreListener.NONE);
  }

  RestoreReport restore(Path archive, Keys keys, RestoreListener listener) {
    try (PreparedRestore prepared =
        engine
            .restores()
            .prepare(
                new RestoreRequest(
                    new ArchiveRef.File(archive),
                    Set.of(),
                    keys,
                    RestoreOptions.PLAIN,
                    "test",
                    listener))) {
      return prepared.apply();
    }
  }

  Path database(String name) {
    return home.data().resolve(name + ".db");
  }

  /** Every file of the server itself by its bytes: own state and emergency backups left out. */
  Map<String, String> bytes() {
    return serverFiles(HomeState.bytes(home.root()));
  }

  /** Every file of the server itself; databases by the rows of their tables. */
  Map<String, Object> content() {
    return content(home.root());
  }

  static Map<String, Object> content(Path home) {
    Map<String, Object> content = serverFiles(HomeState.content(home));
    // What they hold, the databases show.
    content.keySet().removeIf(name -> name.matches(".*-(wal|shm|journal)"));
    return content;
  }

  /** Fails as {@code kind}, saying {@code text} and what to do about it. */
  static EngineException assertFails(ErrorKind kind, String text, ThrowingCallable work) {
    EngineException failure = catchThrowableOfType(EngineException.class, work);
    assertThat(failure).as("failure").isNotNull();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    assertThat(failure.getMessage()).contains(text);
    assertThat(failure.hint()).as("hint of %s", failure).isPresent();
    return failure;
  }

  /** The newest execution ended as {@code status}, and none is running. */
  Execution assertNewest(ExecutionStatus status) {
    return assertNewest(null, status);
  }

  /** The newest one of {@code kind}: a restore is older than its emergency backup. */
  Execution assertNewest(@Nullable ExecutionKind kind, ExecutionStatus status) {
    Execution newest = engine.catalog().list(ExecutionFilter.newest().withKind(kind)).get(0);
    assertThat(newest.status()).as("%s", newest.errorMessage()).isEqualTo(status);
    assertThat(newest.completedAt()).isNotNull();
    assertNothingRuns();
    return newest;
  }

  void assertNothingRuns() {
    assertThat(engine.catalog().list(ExecutionFilter.newest().withStatus(ExecutionStatus.RUNNING)))
        .isEmpty();
  }

  /** No plaintext copy, no journal, no partial file anywhere. */
  void assertNothingLeft() {
    assertThat(leftovers(home.root())).isEmpty();
    assertThat(home.data().resolve("backup_temp"))
        .satisfiesAnyOf(
            temp -> assertThat(temp).doesNotExist(), temp -> assertThat(temp).isEmptyDirectory());
    if (store.toFile().exists()) {
      assertThat(leftovers(store)).isEmpty();
    }
  }

  static List<String> leftovers(Path directory) {
    return HomeState.bytes(directory).keySet().stream()
        .filter(name -> !name.startsWith("data/backup_executions.db"))
        .filter(
            name ->
                name.contains("backup_temp/")
                    || name.contains("restore-journal")
                    || name.matches(".*(-wal|-shm|-journal|\\.part)"))
        .toList();
  }

  private static <T> Map<String, T> serverFiles(Map<String, T> files) {
    files
        .keySet()
        .removeIf(
            name ->
                name.startsWith("data/backup_executions.db")
                    || name.startsWith("data/backup_locks/")
                    || name.startsWith("data/backups/"));
    return files;
  }

  @Override
  public void close() {
    engine.close();
  }
}
