package org.tacvault.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacvault.engine.EngineScene.assertFails;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.catalog.ExecutionKind;
import org.tacvault.engine.catalog.ExecutionStatus;
import org.tacvault.engine.encryption.Keys;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.restore.PreparedRestore;
import org.tacvault.engine.restore.RestoreListener;
import org.tacvault.engine.restore.RestoreOptions;
import org.tacvault.engine.restore.RestorePlan;
import org.tacvault.engine.restore.RestorePlanJson;
import org.tacvault.engine.restore.RestorePlanText;
import org.tacvault.engine.restore.RestoreReport;
import org.tacvault.engine.restore.RestoreRequest;
import org.tacvault.engine.restore.RestoreStep;
import org.tacvault.engine.restore.Revocation;
import org.tacvault.engine.verify.ArchiveRef;

/** A restore that leaves withdrawn what was withdrawn since the backup. */
class KeepRevocationsTest {
  private static final String OLD = "CANARY-OLD-4c1d";
  private static final String NEW = "CANARY-NEW-77a2";
  private static final String STRANGE = "o'hara \"ü\"\n;--";
  private static final RestoreOptions KEEP = RestoreOptions.PLAIN.withKeepRevocations(true);
  private static final RestoreOptions FORCED = KEEP.withForce(true);

  @TempDir Path root;
  private EngineScene scene;
  private Path archive;

  @BeforeEach
  void backUp() throws SQLException {
    scene = EngineScene.create(root);
    users(
        "UPDATE local_users SET password='" + OLD + "', password_hash='" + OLD + "'",
        "UPDATE local_users SET privilege_level=15, groups='[\"robots\",\"netadmins\"]'"
            + " WHERE username='svc-inventory'",
        "INSERT INTO local_users(username,password) VALUES('"
            + STRANGE.replace("'", "''")
            + "','"
            + OLD
            + "')");
    devices("UPDATE devices SET tacacs_secret='" + OLD + "'");
    archive = scene.archive();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE"})
  void everythingElseComesBack(String journal) throws SQLException {
    users("PRAGMA journal_mode=" + journal);
    devices("PRAGMA journal_mode=" + journal);
    withdraw();
    users("INSERT INTO local_users(username) VALUES('new-since')");
    devices("DELETE FROM devices WHERE id=3", "DELETE FROM device_groups WHERE id=3");
    RestoreReport report = restore(KEEP);
    assertThat(user("username='svc-backup'")).isEmpty();
    assertThat(user("username='new-since'")).isEmpty();
    assertThat(user("username='svc-monitor'"))
        .containsEntry("enabled", "0")
        .containsEntry("password_hash", NEW)
        .containsEntry("password", null);
    assertThat(user("username='svc-inventory'"))
        .containsEntry("privilege_level", "1")
        .containsEntry("groups", "[\"netadmins\"]")
        .containsEntry("password_hash", OLD)
        .doesNotContainEntry("description", NEW);
    assertThat(user("username LIKE 'o%--'")).containsEntry("enabled", "0");
    assertThat(row("local_auth", "SELECT * FROM local_user_groups WHERE name='robots'")).isEmpty();
    assertThat(row("devices", "SELECT * FROM devices WHERE id=1"))
        .containsEntry("tacacs_secret", NEW);
    assertThat(row("devices", "SELECT * FROM devices WHERE id=3"))
        .containsEntry("tacacs_secret", OLD);
    assertThat(
            row(
                "devices",
                "SELECT metadata->>'$.tacacs_secret' s, metadata->>'$.device_config.ssh_port' p"
                    + " FROM device_groups WHERE id=1"))
        .isEqualTo(Map.of("s", NEW, "p", "22"));
    assertThat(row("devices", "SELECT name FROM device_groups WHERE id=3")).isNotEmpty();
    assertThat(row("local_auth", "PRAGMA journal_mode").values()).containsExactly(lower(journal));
    assertThat(report.keptRevocations().first().stream().map(Revocation::text))
        .containsExactly(
            "device ams1-rtr-0001 (10.32.0.2/32): TACACS+ secret changed",
            "device group ams-core-routers: TACACS+ secret changed",
            "user o'hara \"ü\"?;--: disabled",
            "user svc-backup: deleted",
            "user svc-inventory: privilege reduced",
            "user svc-inventory: no longer in all groups",
            "user svc-monitor: disabled",
            "user svc-monitor: password changed",
            "user group robots: deleted");
  }

  private static String lower(String journal) {
    return journal.equals("WAL") ? "wal" : "delete";
  }

  @Test
  void planAndReportNameWhatStaysAndNoSecret() throws SQLException {
    withdraw();
    Map<String, String> before = scene.bytes();
    try (PreparedRestore prepared = prepare(KEEP.withDryRun(true), Set.of())) {
      RestorePlan plan = prepared.plan();
      String text = RestorePlanText.of(plan);
      assertThat(text)
          .contains("Withdrawn since the backup, stay withdrawn", "  user svc-backup: deleted")
          .contains("user o'hara \"ü\"?;--: disabled")
          .doesNotContain("would come back", "+ user svc-backup", "gains   user svc-");
      String all = text + plan + RestorePlanJson.text(plan);
      assertThat(all).doesNotContain(OLD, NEW);
      assertThat(RestorePlanText.of(prepared.plan())).isEqualTo(text);
    }
    assertThat(scene.bytes()).isEqualTo(before);
    RestoreReport report = restore(KEEP);
    assertThat(report.toString()).doesNotContain(OLD, NEW).contains("svc-backup");
    String record =
        scene
            .assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED)
            .result()
            .manifestJson();
    assertThat(record)
        .contains(
            "\"kept_revocations\":{\"total\":" + report.keptRevocations().total(),
            "\"members\":",
            "{\"kind\":\"user\",\"name\":\"svc-backup\",\"what\":\"deleted\"}")
        .doesNotContain(OLD, NEW);
    scene.assertNothingLeft();
  }

  @Test
  void whatIsWithdrawnBetweenPlanAndApplicationStaysSo() throws SQLException {
    withdraw();
    try (PreparedRestore prepared = prepare(KEEP, Set.of())) {
      prepared.plan();
      users(
          "DELETE FROM local_users WHERE username='svc-inventory'",
          "INSERT INTO local_users(username,password_hash) VALUES('svc-backup','" + NEW + "')");
      RestoreReport report = prepared.apply();
      assertThat(report.keptRevocations().first().stream().map(Revocation::text))
          .contains("user svc-inventory: deleted", "user svc-backup: password changed")
          .doesNotContain("user svc-backup: deleted");
    }
    assertThat(user("username='svc-inventory'")).isEmpty();
    assertThat(user("username='svc-backup'")).containsEntry("password_hash", NEW);
  }

  @Test
  void whatIsWithdrawnDuringTheEmergencyBackupStaysSo() {
    RestoreListener deletes =
        listener(
            step -> {
              if (step == RestoreStep.EMERGENCY_BACKUP) {
                users("DELETE FROM local_users WHERE username='svc-inventory'");
              }
            });
    try (PreparedRestore prepared = prepare(KEEP, Set.of(), deletes)) {
      prepared.apply();
    }
    assertThat(user("username='svc-inventory'")).isEmpty();
  }

  @Test
  void nothingWithdrawnIsThePlainRestore() throws SQLException {
    Map<String, Object> before = scene.content();
    users("DELETE FROM local_user_groups WHERE name='nobody'");
    devices("DELETE FROM devices WHERE id%2=0");
    RestoreReport report = restore(KEEP);
    assertThat(report.keptRevocations().isEmpty()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(scene.content()).isEqualTo(before);
    assertThat(
            scene
                .assertNewest(ExecutionKind.RESTORE, ExecutionStatus.COMPLETED)
                .result()
                .manifestJson())
        .doesNotContain("kept_revocations");
  }

  @Test
  void withoutTheOptionEverythingComesBack() throws SQLException {
    Map<String, Object> before = scene.content();
    withdraw();
    assertThat(restore(RestoreOptions.PLAIN).keptRevocations().isEmpty()).isTrue();
    assertThat(scene.content()).isEqualTo(before);
  }

  @Test
  void theOldPasswordIsNowhereInTheLiveFile() throws Exception {
    users("PRAGMA journal_mode=DELETE");
    users("UPDATE local_users SET password='" + NEW + "', password_hash='" + NEW + "'", "VACUUM");
    restore(KEEP);
    assertThat(text(scene.database("local_auth"))).doesNotContain(OLD).contains(NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "garbage", "broken", "no table", "no column"})
  void refusesWhatItCannotKnowUnlessForced(String state) throws Exception {
    Path live = scene.database("local_auth");
    Map<String, Object> backedUp = scene.content();
    switch (state) {
      case "missing" -> Files.delete(live);
      case "empty" -> Files.write(live, new byte[0]);
      case "garbage" -> Files.writeString(live, "no database".repeat(999));
      case "broken" -> {
        byte[] bytes = Files.readAllBytes(live);
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(live, bytes);
      }
      case "no table" -> users("DROP TABLE local_users");
      default -> users("ALTER TABLE local_users DROP COLUMN enabled");
    }
    Map<String, String> before = scene.bytes();
    assertFails(
        ErrorKind.REFUSED,
        "what was withdrawn since the backup is not known",
        () -> prepare(KEEP, Set.of()));
    assertThat(scene.bytes()).isEqualTo(before);
    scene.assertNewest(ExecutionKind.RESTORE, ExecutionStatus.FAILED);
    RestoreReport report = restore(FORCED);
    assertThat(report.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "what was withdrawn from local_auth.db since the backup is not known"));
    assertThat(scene.content()).isEqualTo(backedUp);
  }

  @Test
  void otherComponentsNeedNoUsersToCompareWith() throws Exception {
    Files.delete(scene.database("local_auth"));
    try (PreparedRestore prepared = prepare(KEEP, Set.of(Component.METRICS))) {
      assertThat(RestorePlanText.of(prepared.plan())).contains("--keep-revocations has no effect");
      assertThat(prepared.apply().warnings())
          .containsExactly(
              "--keep-revocations has no effect: neither users nor devices are restored");
    }
  }

  @Test
  void refusesTriggersOfTheBackupThatWouldRun() throws SQLException {
    users(
        "CREATE TRIGGER evil AFTER UPDATE ON local_users BEGIN"
            + " UPDATE local_users SET privilege_level=15; END");
    archive = scene.archive();
    users("DROP TRIGGER evil");
    assertThat(restore(KEEP).keptRevocations().isEmpty()).isTrue();
    users("UPDATE local_users SET enabled=0 WHERE username='svc-monitor'");
    Map<String, String> before = scene.bytes();
    assertFails(ErrorKind.REFUSED, "local_users has triggers", () -> prepare(KEEP, Set.of()));
    assertThat(scene.bytes()).isEqualTo(before);
  }

  @Test
  void looksWhereTheServerHasItsUsersNow() throws Exception {
    Path moved = scene.home().data().resolve("moved.db");
    Files.move(scene.database("local_auth"), moved);
    Path config = scene.home().root().resolve("config/tacacs.conf");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("local_auth.db", "moved.db"));
    run(moved, "DELETE FROM local_users WHERE username='svc-backup'");
    restore(KEEP);
    assertThat(Files.readString(config)).isEqualTo(text);
    assertThat(user("username='svc-monitor'")).isNotEmpty();
    assertThat(user("username='svc-backup'")).isEmpty();
  }

  private void withdraw() {
    users(
        "DELETE FROM local_users WHERE username='svc-backup'",
        "UPDATE local_users SET enabled=0,password=NULL,password_hash='"
            + NEW
            + "' WHERE username='svc-monitor'",
        "UPDATE local_users SET privilege_level=1,description='"
            + NEW
            + "',"
            + "groups='[\"netadmins\",\"audit\"]' WHERE username='svc-inventory'",
        "UPDATE local_users SET enabled=0 WHERE username LIKE 'o%--'",
        "DELETE FROM local_user_groups WHERE name='robots'");
    devices(
        "UPDATE devices SET tacacs_secret='" + NEW + "' WHERE id=1",
        "UPDATE device_groups SET metadata=json_set(metadata,'$.tacacs_secret','"
            + NEW
            + "','$.device_config.ssh_port',2222) WHERE id=1");
  }

  private RestoreReport restore(RestoreOptions options) {
    try (PreparedRestore prepared = prepare(options, Set.of())) {
      return prepared.apply();
    }
  }

  private PreparedRestore prepare(RestoreOptions options, Set<Component> components) {
    return prepare(options, components, RestoreListener.NONE);
  }

  private PreparedRestore prepare(
      RestoreOptions options, Set<Component> components, RestoreListener listener) {
    return scene
        .engine()
        .restores()
        .prepare(
            new RestoreRequest(
                new ArchiveRef.File(archive), components, Keys.none(), options, "test", listener));
  }

  private void users(String... statements) {
    run(scene.database("local_auth"), statements);
  }

  private void devices(String... statements) {
    run(scene.database("devices"), statements);
  }

  private Map<String, @Nullable String> user(String where) {
    return row("local_auth", "SELECT * FROM local_users WHERE " + where);
  }

  /** The first row. */
  private Map<String, @Nullable String> row(String database, String sql) {
    Map<String, @Nullable String> row = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + scene.database(database));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      if (result.next()) {
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.put(result.getMetaData().getColumnName(column), result.getString(column));
        }
      }
      return row;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Path database, String... statements) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws Exception {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static RestoreListener listener(Consumer<RestoreStep> steps) {
    return new RestoreListener() {
      @Override
      public void step(RestoreStep step, String subject) {
        steps.accept(step);
      }

      @Override
      public void progress(String subject, long done, long total) {}
    };
  }
}
