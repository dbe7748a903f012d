package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.backup.BackupListener;
import org.tacvault.engine.backup.BackupRequest;
import org.tacvault.engine.backup.BackupTarget;
import org.tacvault.engine.backup.BackupType;
import org.tacvault.engine.catalog.DestinationRecord;
import org.tacvault.engine.catalog.Execution;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.catalog.NewDestination;
import org.tacvault.engine.config.Environment;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.testing.HomeState;
import org.tacvault.engine.verify.ArchiveRef;
import org.tacvault.engine.verify.VerifyListener;

/** The main job end to end: back up, verify, lose, restore. */
class BackupEngineTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  @TempDir Path root;
  private Home home;
  private BackupEngine engine;

  @BeforeEach
  void openSampleHome() {
    home = SampleHome.create(root.resolve("home"), SampleSize.SMALL, 7, NOW);
    engine = open(Map.of());
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void everythingThatWasLostComesBackEqual() throws Exception {
    Map<String, Object> before = serverContent();
    Execution backup = backUp(BackupListener.NONE);
    assertThat(backup.status()).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(backup.result().warnings()).isEmpty();

    playDisaster();
    assertThat(serverContent()).isNotEqualTo(before);

    RestoreReport report = restore(new ArchiveRef.File(path(backup)), Set.of(), false);
    assertThat(serverContent()).isEqualTo(before);
    assertThat(report.components()).containsExactly(Component.values());
    assertThat(report.restartRequired()).isTrue();
    assertThat(Path.of(report.emergencyBackup())).exists();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void chosenComponentComesBackAlone() throws Exception {
    Map<String, Object> before = serverContent();
    Execution backup = backUp(BackupListener.NONE);
    playDisaster();
    Map<String, Object> broken = serverContent();

    RestoreReport report =
        restore(new ArchiveRef.File(path(backup)), Set.of(Component.USERS), false);

    assertThat(report.restartRequired()).isFalse();
    assertThat(serverContent().get("data/local_auth.db"))
        .isEqualTo(before.get("data/local_auth.db"));
    assertThat(serverContent().get("config/tacacs.conf"))
        .isEqualTo(broken.get("config/tacacs.conf"));
  }

  @Test
  void emptyDirectoryIsFilledFromTheArchiveAlone() {
    Map<String, Object> before = serverContent();
    Execution backup = backUp(BackupListener.NONE);
    Path bare = root.resolve("bare/metal");
    try (BackupEngine other =
        BackupEngine.open(
            new EngineOptions(Home.at(bare), Environment.of(Map.of()), InstantSource.fixed(NOW)))) {
      try (PreparedRestore prepared =
          other.restores().prepare(request(new ArchiveRef.File(path(backup)), Set.of(), false))) {
        RestoreReport report = prepared.apply();
        assertThat(report.emergencyBackup()).isNull();
        assertThat(report.warnings()).isEmpty();
      }
    }
    Map<String, Object> restored = HomeState.content(bare);
    before.forEach((file, content) -> assertThat(restored).containsEntry(file, content));
  }

  @Test
  void dryRunChangesNothingAtAll() throws Exception {
    Execution backup = backUp(BackupListener.NONE);
    playDisaster();
    Map<String, String> before = HomeState.bytes(home.root());
    try (PreparedRestore prepared =
        engine.restores().prepare(request(new ArchiveRef.File(path(backup)), Set.of(), true))) {
      assertThat(prepared.plan().members()).isNotEmpty();
    }
    engine.close();
    assertThat(withoutLocks(HomeState.bytes(home.root()))).isEqualTo(withoutLocks(before));
  }

  @Test
  void encryptedBackupNeedsThePassphraseAndLeavesNoPlaintext() throws Exception {
    engine.close();
    engine =
        open(
            Map.of(
                "BACKUP_ENCRYPTION_PASSPHRASE", "correct horse",
                "TACACS_BACKUP_ENCRYPTION_ENABLED", "true"));
    setConfig("encryption_enabled", "true");
    Map<String, Object> before = serverContent();
    Execution backup = backUp(BackupListener.NONE);
    assertThat(backup.result().backupFilename()).endsWith(".tar.gz.age");
    playDisaster();
    ArchiveRef archive = new ArchiveRef.File(path(backup));
    assertThatThrownBy(() -> restore(archive, Keys.none()))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY));
    assertThatThrownBy(() -> restore(archive, Keys.of(Secret.of("wrong"))))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.WRONG_KEY));
    RestoreReport report = restore(archive, Keys.of(Secret.of("correct horse")));
    assertThat(serverContent()).isEqualTo(before);
    assertThat(report.emergencyBackup()).endsWith(".age");
  }

  @Test
  void damagedDatabaseFailsTheBackupByNameAndNothingIsStored() throws Exception {
    Files.write(home.root().resolve("data/devices.db"), new byte[8]);
    assertThatThrownBy(() -> backUp(BackupListener.NONE))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
              assertThat(failure.getMessage()).contains("devices").contains("devices.db");
            });
    assertThat(HomeState.bytes(root.resolve("store"))).isEmpty();
    Execution failed =
        engine.catalog().list(org.tacvault.engine.catalog.ExecutionFilter.newest()).get(0);
    assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(failed.completedAt()).isEqualTo(NOW);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void missingDatabaseIsRecordedAndNoDatabaseAtAllIsAFailure() throws Exception {
    Files.delete(home.root().resolve("data/audit_trail.db"));
    Execution backup = backUp(BackupListener.NONE);
    assertThat(backup.result().warnings())
        .containsExactly("audit_trail.db is missing on the server");
    assertThat(backup.result().manifestJson()).contains("audit_trail.db");
    for (String name :
        List.of(
            "devices", "local_auth", "tacacs_accounting", "metrics_history", "config_overrides")) {
      Files.delete(home.root().resolve("data/" + name + ".db"));
    }
    assertThatThrownBy(() -> backUp(BackupListener.NONE))
        .hasMessageContaining("none of the configured databases");
  }

  @Test
  void failingListenerAfterUploadIsAFailedBackupThatLeavesNoArchive() {
    BackupListener failing =
        new BackupListener() {
          @Override
          public void stage(org.tacvault.engine.backup.BackupStage stage) {
            if (stage == org.tacvault.engine.backup.BackupStage.VERIFY) {
              throw new IllegalStateException("listener");
            }
          }
        };
    assertThatThrownBy(() -> backUp(failing)).hasMessage("listener");
    assertThat(HomeState.bytes(root.resolve("store"))).isEmpty();
  }

  @Test
  void twoBackupsOfOneSecondHaveTwoNames() {
    assertThat(path(backUp(BackupListener.NONE))).isNotEqualTo(path(backUp(BackupListener.NONE)));
    assertThat(engine.target(root.resolve("store")).destination().list()).hasSize(2);
  }

  @Test
  void secondBackupToTheSameDestinationIsRefusedWhileOneRuns() {
    BackupListener nested =
        new BackupListener() {
          @Override
          public void started(String executionId) {
            assertThatThrownBy(() -> backUp(BackupListener.NONE))
                .isInstanceOfSatisfying(
                    EngineException.class,
                    busy -> {
                      assertThat(busy.kind()).isEqualTo(ErrorKind.BUSY);
                      assertThat(busy.getMessage()).contains("backup by");
                    });
          }
        };
    assertThat(backUp(nested).status()).isEqualTo(ExecutionStatus.COMPLETED);
  }

  @Test
  void storedDestinationIsTestedUsedVerifiedAndItsRetentionApplied() {
    DestinationRecord row =
        engine
            .destinations()
            .add(
                new NewDestination(
                    "daily",
                    "local",
                    Map.of("base_path", root.resolve("daily").toString()),
                    30,
                    "simple",
                    Map.of("keep_count", 1),
                    NOW,
                    "test"));
    Execution first = engine.backups().run(request(engine.target(row)));
    Execution second = engine.backups().run(request(engine.target(row)));
    assertThat(path(first)).doesNotExist();
    assertThat(path(second)).exists();
    assertThat(
            engine
                .verifier()
                .verify(
                    new ArchiveRef.Stored(
                        row.id(), engine.destinations().open(row), path(second).toString()),
                    Keys.none(),
                    "test",
                    VerifyListener.NONE)
                .archive()
                .databases())
        .containsKey("tacacs_accounting.db");
    assertThat(engine.catalog().destinations().get("daily").lastBackupStatus())
        .isEqualTo("success");
  }

  @Test
  void safetyCopyIsNeverMadeInClearBecauseThePassphraseIsNotAtHand() throws Exception {
    Execution backup = backUp(BackupListener.NONE);
    setConfig("encryption_enabled", "true");
    Map<String, Object> before = serverContent();
    ArchiveRef archive = new ArchiveRef.File(path(backup));

    assertThatThrownBy(() -> restore(archive, Set.of(Component.USERS), false))
        .isInstanceOfSatisfying(
            EngineException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_CONFIG);
              assertThat(refused.hint()).hasValueSatisfying(h -> assertThat(h).contains("--force"));
            });
    assertThat(serverContent()).isEqualTo(before);
    assertThat(home.defaultBackups()).doesNotExist();

    RestoreReport forced = restore(archive, Set.of(Component.USERS), true);
    assertThat(forced.emergencyBackup()).isNull();
    assertThat(forced.warnings()).anyMatch(warning -> warning.contains("no emergency backup"));
  }

  @Test
  void restoreGoesWhereTheLiveConfigurationSaysAlthoughItsBackupSectionIsWrong() throws Exception {
    Execution backup = backUp(BackupListener.NONE);
    Path moved = home.root().resolve("data/moved.db");
    Files.move(home.root().resolve("data/local_auth.db"), moved);
    setConfig("local_auth_db", "data/moved.db");
    setConfig("encryption_enabled", "true");

    restore(new ArchiveRef.File(path(backup)), Set.of(Component.USERS), true);

    assertThat(moved).exists();
    assertThat(home.root().resolve("data/local_auth.db")).doesNotExist();
  }

  @Test
  void oldEmergencyBackupsGoButThreeStayAndManualOnesAreNotTouched() throws Exception {
    Path archive = path(backUp(BackupListener.NONE));
    Path store = home.defaultBackups().resolve("tacacs-sample");
    Files.createDirectories(store.resolve("emergency"));
    Files.createDirectories(store.resolve("manual"));
    for (int day = 1; day <= 5; day++) {
      Files.copy(
          archive,
          store.resolve(
              "emergency/backup-tacacs-sample-2026080" + day + "-030000-emergency.tar.gz"));
      Files.copy(
          archive,
          store.resolve("manual/backup-tacacs-sample-2026080" + day + "-030000-manual.tar.gz"));
    }
    restore(new ArchiveRef.File(archive), Set.of(Component.USERS), false);
    // The new one and the two before it.
    assertThat(store.resolve("emergency").toFile().list()).hasSize(3);
    assertThat(store.resolve("manual").toFile().list()).hasSize(5);
  }

  private Execution backUp(BackupListener listener) {
    BackupTarget target = engine.target(root.resolve("store"));
    return engine
        .backups()
        .run(new BackupRequest(target, BackupType.MANUAL, "test", "why", listener));
  }

  private static BackupRequest request(BackupTarget target) {
    return new BackupRequest(target, BackupType.MANUAL, "test", null, BackupListener.NONE);
  }

  private RestoreReport restore(ArchiveRef archive, Set<Component> components, boolean force) {
    try (PreparedRestore prepared =
        engine
            .restores()
            .prepare(
                new RestoreRequest(
                    archive,
                    components,
                    Keys.none(),
                    RestoreOptions.PLAIN.withForce(force),
                    "test",
                    RestoreListener.NONE))) {
      return prepared.apply();
    }
  }

  private RestoreReport restore(ArchiveRef archive, Keys keys) {
    try (PreparedRestore prepared =
        engine
            .restores()
            .prepare(
                new RestoreRequest(
                    archive, Set.of(), keys, RestoreOptions.PLAIN, "test", RestoreListener.NONE))) {
      return prepared.apply();
    }
  }

  private static RestoreRequest request(
      ArchiveRef archive, Set<Component> components, boolean dryRun) {
    return new RestoreRequest(
        archive,
        components,
        Keys.none(),
        RestoreOptions.PLAIN.withDryRun(dryRun),
        "test",
        RestoreListener.NONE);
  }

  private BackupEngine open(Map<String, String> environment) {
    return BackupEngine.open(
        new EngineOptions(home, Environment.of(environment), InstantSource.fixed(NOW)));
  }

  private void playDisaster() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + home.root().resolve("data/local_auth.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM local_users");
    }
    Files.write(home.root().resolve("data/tacacs_accounting.db"), new byte[10_000]);
    Files.delete(home.root().resolve("data/devices.db"));
    Files.writeString(home.configFile(), "[server\nthis is = broken\n= [\n");
  }

  private void setConfig(String key, String value) throws Exception {
    String config = Files.readString(home.configFile());
    Files.writeString(
        home.configFile(), config.replaceFirst("(?m)^" + key + " *=.*$", key + " = " + value));
  }

  private Map<String, Object> serverContent() {
    Map<String, Object> content = HomeState.content(home.root());
    content.keySet().removeIf(name -> name.contains("backup"));
    return content;
  }

  private List<String> leftovers() {
    return HomeState.bytes(home.root()).keySet().stream()
        .filter(
            name ->
                name.contains("backup_temp")
                    || name.contains("restore-journal")
                    || name.matches(".*(-wal|-shm|\\.part)$"))
        .filter(name -> !name.contains("backup_executions"))
        .toList();
  }

  private static Map<String, String> withoutLocks(Map<String, String> state) {
    state
        .keySet()
        .removeIf(name -> name.contains("backup_locks") || name.contains("backup_executions.db-"));
    return state;
  }

  private static Path path(Execution backup) {
    return Path.of(backup.result().backupPath());
  }
}
