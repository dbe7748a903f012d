package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacvault.engine.EngineScene.assertFails;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupStage;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.destination.StoredArchive;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.testing.ChildJvm;
import org.tacvault.engine.testing.HomeState;
import org.tacvault.engine.verify.ArchiveRef;

/** What went wrong in the Python server's backup does not go wrong here. */
class KnownWeaknessesTest {
  private static final Map<String, String> ENCRYPTED =
      Map.of(
          "BACKUP_ENCRYPTION_PASSPHRASE",
          "correct horse",
          "TACACS_BACKUP_ENCRYPTION_ENABLED",
          "true");

  @TempDir Path root;

  @Test
  void encryptedArchivesAreListedAndCountForRetention() throws Exception {
    try (EngineScene plain = EngineScene.create(root)) {
      set(plain, "encryption_enabled", "true");
    }
    try (EngineScene scene = EngineScene.open(root, ENCRYPTED)) {
      DestinationRecord row = keepOne(scene);
      scene.engine().backups().run(request(scene, row));
      scene.engine().backups().run(request(scene, row));
      assertThat(scene.engine().destinations().open(row).list())
          .singleElement()
          .satisfies(archive -> assertThat(archive.filename()).endsWith(".tar.gz.age"));
    }
  }

  @Test
  void overridesComeBackWithTheConfigurationAlone() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Map<String, Object> before = scene.content();
      Path archive = scene.archive();
      execute(scene.home().overridesDatabase(), "DELETE FROM config_overrides");
      assertThat(scene.content()).isNotEqualTo(before);
      RestoreReport report = restore(scene, archive, Set.of(Component.CONFIG), false);
      assertThat(report.components()).containsExactly(Component.CONFIG);
      assertThat(scene.content()).isEqualTo(before);
    }
  }

  @Test
  void restoreStopsWhenTheSafetyCopyCannotBeMadeUnlessItIsForced() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      execute(scene.database("local_auth"), "DELETE FROM local_users");
      Map<String, Object> before = scene.content();
      Path backups = Files.writeString(scene.home().data().resolve("backups"), "in the way");
      assertThatThrownBy(() -> scene.restore(archive))
          .hasMessageContaining("make emergency backup")
          .hasMessageContaining("nothing was restored");
      assertThat(scene.content()).containsAllEntriesOf(before);
      scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
      RestoreReport forced = restore(scene, archive, Set.of(), true);
      assertThat(forced.emergencyBackup()).isNull();
      assertThat(forced.warnings()).anyMatch(text -> text.contains("no emergency backup"));
      assertThat(backups).hasContent("in the way");
    }
  }

  @Test
  void disabledBackupsAreRefusedButASafetyCopyIsStillMade() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      set(scene, "enabled", "false");
      assertFails(ErrorKind.REFUSED, "disabled", scene::backUp);
      assertThat(scene.restore(archive).emergencyBackup()).isNotNull();
    }
  }

  @Test
  void plaintextLiesInTheConfiguredTemporaryDirectoryAndNowhereElse() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path temp = root.resolve("own-temp");
      set(scene, "temp_directory", temp.toString());
      boolean[] seen = new boolean[1];
      scene.backUp(
          new BackupListener() {
            @Override
            public void stage(BackupStage stage) {
              if (stage == BackupStage.ARCHIVE) {
                seen[0] =
                    HomeState.bytes(temp).keySet().stream().anyMatch(f -> f.endsWith("devices.db"));
              }
            }
          });
      assertThat(seen[0]).isTrue();
      assertThat(HomeState.bytes(temp)).isEmpty();
    }
  }

  @Test
  void failedBackupDeletesNothing() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      DestinationRecord row = keepOne(scene);
      Execution good = scene.engine().backups().run(request(scene, row));
      Files.write(scene.database("devices"), new byte[8]);
      assertFails(
          ErrorKind.VERIFICATION_FAILED,
          "devices.db",
          () -> scene.engine().backups().run(request(scene, row)));
      assertThat(Path.of(good.result().backupPath())).exists();
      assertThat(scene.engine().catalog().destinations().get(row.id()).lastBackupStatus())
          .isEqualTo("failed");
    }
  }

  @Test
  void exportInTheArchiveHoldsNoSecretAndEverythingIsForItsOwnerOnly() throws Exception {
    Map<String, String> environment = Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "never-in-an-archive");
    EngineScene.create(root).close();
    try (EngineScene scene = EngineScene.open(root, environment)) {
      Path archive = scene.archive();
      Forgery opened = Forgery.of(archive);
      for (String member : List.of("config_export.json", "manifest.json", "tacacs.conf")) {
        assertThat(opened.text(member)).doesNotContain("never-in-an-archive");
      }
      assertThat(opened.text("config_export.json")).doesNotContain(secretOfTheFile(scene));
      try (Stream<Path> files = Stream.concat(Files.walk(scene.store()), ownState(scene))) {
        for (Path file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as("%s", file)
              .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
        }
      }
    }
  }

  @Test
  void absentConfigurationIsNotWrittenByABackup() throws Exception {
    EngineScene.create(root).close();
    try (EngineScene scene =
        EngineScene.open(root, Map.of("BACKUP_ENCRYPTION_PASSPHRASE", "only-here"))) {
      Files.delete(scene.home().configFile());
      Map<String, String> before = scene.bytes();
      assertThat(scene.backUp().result().warnings()).anyMatch(w -> w.contains("tacacs.conf"));
      assertThat(scene.bytes()).isEqualTo(before);
    }
  }

  @Test
  void instanceNameOfTheConfigurationNamesTheArchive() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      String config = Files.readString(scene.home().configFile());
      Files.writeString(
          scene.home().configFile(),
          config.replaceFirst("(?m)^instance_name *=.*$", "instance_name = fra-core-2"));
      assertThat(root.relativize(scene.archive()).toString())
          .startsWith("store/fra-core-2/manual/backup-fra-core-2-20261123-030000");
    }
  }

  @Test
  void backupsToTwoPlacesAtOnceDoNotMeet() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      List<Execution> both =
          together(
              () -> scene.backUp(root.resolve("one"), BackupListener.NONE),
              () -> scene.backUp(root.resolve("two"), BackupListener.NONE));
      for (Execution backup : both) {
        assertThat(backup.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(Forgery.of(Path.of(backup.result().backupPath())).members())
            .containsKeys("devices.db", "tacacs.conf");
      }
      scene.assertNothingLeft();
    }
  }

  @Test
  void secondRestoreIsRefusedInThisProcessAndInAnother() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path archive = scene.archive();
      Map<String, String> before = scene.bytes();
      try (PreparedRestore first = scene.engine().restores().prepare(request(archive))) {
        assertThat(first.archive().manifest().contents()).isNotEmpty();
        assertFails(
            ErrorKind.BUSY,
            "another restore",
            () -> scene.engine().restores().prepare(request(archive)));
        try (ChildJvm other =
            ChildJvm.start(EngineProcess.class, scene.home().root(), "-", "restore", archive)) {
          assertThat(other.awaitLine("refused")).startsWith("BUSY").contains("restore by");
        }
      }
      assertThat(scene.bytes()).isEqualTo(before);
      scene.assertNothingLeft();
      scene.assertNewest(ExecutionStatus.CANCELLED);
      assertThat(scene.restore(archive).restartRequired()).isTrue();
    }
  }

  @Test
  void executionKeepsWhoAndWhyAndFailedOnesTheirEnd() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Execution good = scene.backUp();
      assertThat(good.request().triggeredBy()).isEqualTo("test");
      assertThat(good.request().comment()).isEqualTo("why");
      Files.write(scene.database("devices"), new byte[8]);
      assertThatThrownBy(scene::backUp).hasMessageContaining("devices.db");
      Execution failed = scene.assertNewest(ExecutionStatus.FAILED);
      assertThat(failed.completedAt()).isEqualTo(EngineScene.NOW);
      assertThat(failed.request().comment()).isEqualTo("why");
      assertThat(failed.errorMessage()).contains("devices.db");
    }
  }

  @Test
  void encryptedArchiveIsKnownByItsContentAndNotByItsName() throws Exception {
    try (EngineScene plain = EngineScene.create(root)) {
      set(plain, "encryption_enabled", "true");
    }
    try (EngineScene scene = EngineScene.open(root, ENCRYPTED)) {
      Path renamed = Files.copy(scene.archive(), root.resolve("download.tar.gz"));
      Map<String, Object> before = scene.content();
      execute(scene.database("local_auth"), "DELETE FROM local_users");
      scene.restore(renamed, Keys.of(Secret.of("correct horse")), RestoreListener.NONE);
      assertThat(scene.content()).isEqualTo(before);
    }
  }

  @Test
  void listingReadsNoArchive() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      Path huge =
          scene.archive().resolveSibling("backup-tacacs-sample-20261122-030000-manual.tar.gz");
      try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
        file.setLength(1L << 40);
      }
      long start = System.nanoTime();
      List<StoredArchive> listed = scene.engine().target(scene.store()).destination().list();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      assertThat(listed).extracting(StoredArchive::sizeBytes).contains(1L << 40);
    }
  }

  @Test
  void safetyCopyDoesNotPushOutTheArchiveThatIsBeingRestored() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      DestinationRecord row = keepOne(scene);
      Path oldest =
          Path.of(scene.engine().backups().run(request(scene, row)).result().backupPath());
      RestoreListener meanwhile =
          new RestoreListener() {
            @Override
            public void step(RestoreStep step, String subject) {
              if (step == RestoreStep.EMERGENCY_BACKUP) {
                scene.engine().backups().run(request(scene, row));
              }
            }
          };
      ArchiveRef stored =
          new ArchiveRef.Stored(
              row.id(), scene.engine().destinations().open(row), oldest.toString());
      try (PreparedRestore prepared =
          scene
              .engine()
              .restores()
              .prepare(
                  new RestoreRequest(
                      stored, Set.of(), Keys.none(), RestoreOptions.PLAIN, "test", meanwhile))) {
        prepared.apply();
      }
      assertThat(oldest).exists();
      scene.engine().backups().run(request(scene, row));
      assertThat(oldest).doesNotExist();
    }
  }

  @Test
  void archiveOfADestinationIsCheckedLikeAnyOtherBeforeItIsRestored() throws Exception {
    try (EngineScene scene = EngineScene.create(root)) {
      DestinationRecord row = keepOne(scene);
      Path archive =
          Path.of(scene.engine().backups().run(request(scene, row)).result().backupPath());
      try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
        file.seek(file.length() / 2);
        file.write(new byte[64]);
      }
      Map<String, String> before = scene.bytes();
      ArchiveRef stored =
          new ArchiveRef.Stored(
              row.id(), scene.engine().destinations().open(row), archive.toString());
      assertFails(
          ErrorKind.VERIFICATION_FAILED,
          "",
          () ->
              scene
                  .engine()
                  .restores()
                  .prepare(
                      new RestoreRequest(
                          stored,
                          Set.of(),
                          Keys.none(),
                          RestoreOptions.PLAIN,
                          "test",
                          RestoreListener.NONE)));
      assertThat(scene.bytes()).isEqualTo(before);
      scene.assertNothingLeft();
    }
  }

  private DestinationRecord keepOne(EngineScene scene) {
    return scene
        .engine()
        .destinations()
        .add(
            new NewDestination(
                "daily",
                "local",
                Map.of("base_path", root.resolve("daily").toString()),
                30,
                "simple",
                Map.of("keep_count", 1),
                EngineScene.NOW,
                "test"));
  }

  private static BackupRequest request(EngineScene scene, DestinationRecord row) {
    return new BackupRequest(
        scene.engine().target(row), BackupType.MANUAL, "test", null, BackupListener.NONE);
  }

  private static RestoreRequest request(Path archive) {
    return new RestoreRequest(
        new ArchiveRef.File(archive),
        Set.of(),
        Keys.none(),
        RestoreOptions.PLAIN,
        "test",
        RestoreListener.NONE);
  }

  private static RestoreReport restore(
      EngineScene scene, Path archive, Set<Component> components, boolean force) {
    RestoreRequest request =
        new RestoreRequest(
            new ArchiveRef.File(archive),
            components,
            Keys.none(),
            RestoreOptions.PLAIN.withForce(force),
            "test",
            RestoreListener.NONE);
    try (PreparedRestore prepared = scene.engine().restores().prepare(request)) {
      return prepared.apply();
    }
  }

  private static String secretOfTheFile(EngineScene scene) throws IOException {
    return Files.readAllLines(scene.home().configFile()).stream()
        .filter(line -> line.startsWith("bind_password"))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Path> ownState(EngineScene scene) throws IOException {
    return Stream.concat(
        Stream.of(scene.home().catalogDatabase()), Files.walk(scene.home().locks()));
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CyclicBarrier start = new CyclicBarrier(2);
    try {
      Future<T> first = threads.submit(() -> startedTogether(start, one));
      Future<T> second = threads.submit(() -> startedTogether(start, two));
      return List.of(first.get(), second.get());
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T startedTogether(CyclicBarrier start, Callable<T> work) throws Exception {
    start.await();
    return work.call();
  }

  private static void set(EngineScene scene, String key, String value) throws IOException {
    String config = Files.readString(scene.home().configFile());
    Files.writeString(
        scene.home().configFile(),
        config.replaceFirst("(?s)(\\[backup\\].*?\n" + key + ") *=[^\n]*", "$1 = " + value));
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
