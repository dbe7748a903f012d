package org.tacvault.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.restore.RestorePlan.AccessChange;
import org.tacvault.engine.restore.RestorePlan.Action;
import org.tacvault.engine.restore.RestorePlan.Changed;
import org.tacvault.engine.restore.RestorePlan.Direction;
import org.tacvault.engine.restore.RestorePlan.FieldChange;
import org.tacvault.engine.restore.RestorePlan.Setting;
import org.tacvault.engine.restore.RestorePlan.Table;
import org.tacvault.engine.sample.SampleHome;
import org.tacvault.engine.sample.SampleSize;
import org.tacvault.engine.secret.Secret;
import org.tacvault.engine.source.EntryType;
import org.tacvault.engine.source.Members;

class RestorePlannerTest {
  private static final String CANARY = "CANARY-7f3a9";

  @TempDir Path root;
  private PlanScene scene;

  @BeforeEach
  void createHomeAndCopies() throws IOException {
    scene = PlanScene.create(root, SampleSize.SMALL);
  }

  @Test
  void findsNothingWhenNothingChanged() {
    RestorePlan plan = scene.plan();
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.members()).hasSize(7);
    assertThat(plan.members())
        .allSatisfy(
            member -> {
              assertThat(member.action()).isEqualTo(Action.REPLACE);
              assertThat(member.named()).isEmpty();
              assertThat(member.access().isEmpty()).isTrue();
              assertThat(member.settings().isEmpty()).isTrue();
              assertThat(member.history()).isEmpty();
              assertThat(member.schema().isEmpty()).isTrue();
              assertThat(member.tables())
                  .allSatisfy(table -> assertThat(table.now()).isEqualTo(table.after()));
            });
  }

  @Test
  void leavesEveryLiveFileAsItIs() throws Exception {
    scene.change(Members.USERS, "UPDATE local_users SET enabled=0");
    Map<String, String> before = scene.files();
    scene.plan();
    assertThat(scene.files()).isEqualTo(before);
  }

  @Test
  void namesUsersThatAppearDisappearAndChange() throws SQLException {
    scene.change(
        Members.USERS,
        "INSERT INTO local_users(username,password_hash) VALUES('eve','" + CANARY + "')",
        "DELETE FROM local_users WHERE username='svc-backup'",
        "UPDATE local_users SET password_hash='"
            + CANARY
            + "',description='x'"
            + " WHERE username='svc-monitor'");
    RestorePlan plan = scene.plan();
    RestorePlan.Named users = PlanScene.named(plan, NamedKind.USER);
    assertThat(users.appear()).isEqualTo(new Capped<>(1, List.of("svc-backup")));
    assertThat(users.disappear()).isEqualTo(new Capped<>(1, List.of("eve")));
    assertThat(users.change())
        .isEqualTo(
            new Capped<>(
                1, List.of(new Changed("svc-monitor", List.of("description", "password_hash")))));
    assertThat(PlanScene.member(plan, Members.USERS).tables())
        .contains(new Table("local_users", 13L, 13L));
  }

  @Test
  void tellsWhoGainsAndLosesAccess() throws SQLException {
    scene.change(
        Members.USERS,
        "INSERT INTO local_users(username,privilege_level,groups) VALUES('eve',15,'[\"root\"]')",
        "INSERT INTO local_users(username,enabled) VALUES('sleeping',0)",
        "DELETE FROM local_users WHERE username='svc-backup'",
        "UPDATE local_users SET enabled=0 WHERE username='svc-monitor'",
        "UPDATE local_users SET privilege_level=15,groups='[\"robots\",\"netadmins\"]'"
            + " WHERE username='svc-inventory'",
        "UPDATE local_users SET privilege_level=1 WHERE username='svc-provision'");
    RestorePlan.Member users = PlanScene.member(scene.plan(), Members.USERS);
    Map<String, AccessChange> byName =
        users.access().first().stream()
            .collect(Collectors.toMap(AccessChange::name, change -> change));
    assertThat(byName)
        .containsOnlyKeys("eve", "svc-backup", "svc-monitor", "svc-inventory", "svc-provision");
    assertThat(byName.get("eve").direction()).isEqualTo(Direction.LOSES);
    assertThat(byName.get("eve").fields())
        .containsExactly(
            new FieldChange("account", "present", null),
            new FieldChange("privilege_level", "15", null),
            new FieldChange("groups", "root", null));
    assertThat(byName.get("svc-backup").direction()).isEqualTo(Direction.GAINS);
    assertThat(byName.get("svc-monitor").fields())
        .containsExactly(new FieldChange("enabled", "no", "yes"));
    assertThat(byName.get("svc-provision").direction()).isEqualTo(Direction.GAINS);
    assertThat(byName.get("svc-inventory").fields())
        .contains(new FieldChange("groups", "netadmins, robots", "robots"));
  }

  @Test
  void namesTheKeysThatChangeInMetadata() throws SQLException {
    scene.change(
        Members.USERS,
        "UPDATE local_user_groups SET metadata='{\"privilege_level\": 1, \"token\": \""
            + CANARY
            + "\"}' WHERE name='netadmins'");
    scene.change(
        Members.DEVICES,
        "UPDATE device_groups SET metadata=json_set(metadata,'$.tacacs_secret','"
            + CANARY
            + "','$.device_config.platform','junos','$.allowed_user_groups[0]','everybody')"
            + " WHERE id=1");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.named(plan, NamedKind.USER_GROUP).change().first())
        .containsExactly(
            new Changed("netadmins", List.of("metadata.privilege_level", "metadata.token")));
    assertThat(PlanScene.named(plan, NamedKind.DEVICE_GROUP).change().first())
        .singleElement()
        .extracting(Changed::fields)
        .isEqualTo(
            List.of(
                "metadata.allowed_user_groups",
                "metadata.device_config.platform",
                "metadata.tacacs_secret"));
    assertThat(PlanScene.member(plan, Members.USERS).access().first())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.direction()).isEqualTo(Direction.GAINS);
              assertThat(change.fields())
                  .containsExactly(new FieldChange("privilege_level", "1", "15"));
            });
    assertThat(PlanScene.member(plan, Members.DEVICES).access().first())
        .singleElement()
        .satisfies(change -> assertThat(change.kind()).isEqualTo(NamedKind.DEVICE_GROUP));
  }

  @Test
  void comparesGroupsOfDevicesByNameAndNotById() throws SQLException {
    scene.change(
        Members.DEVICES,
        "UPDATE device_groups SET id=id+1000",
        "UPDATE devices SET group_id=group_id+1000, updated_at='2030-01-01 00:00:00'");
    assertThat(PlanScene.member(scene.plan(), Members.DEVICES).named()).isEmpty();
    scene.change(Members.DEVICES, "UPDATE devices SET group_id=1002 WHERE id=1");
    assertThat(PlanScene.named(scene.plan(), NamedKind.DEVICE).change().first())
        .singleElement()
        .satisfies(
            device -> {
              assertThat(device.fields()).containsExactly("group");
              assertThat(device.name()).matches("\\S+ \\(10\\.\\S+/32\\)");
            });
  }

  @Test
  void findsRealmsAndProxies() throws SQLException {
    scene.change(
        Members.DEVICES,
        "INSERT INTO realms(name) VALUES('new')",
        "UPDATE proxies SET network='192.0.2.0/24' WHERE id=1");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.named(plan, NamedKind.REALM).disappear().first()).containsExactly("new");
    assertThat(PlanScene.named(plan, NamedKind.PROXY).change().first())
        .singleElement()
        .satisfies(proxy -> assertThat(proxy.fields()).containsExactly("network"));
  }

  @Test
  void sortsNamesBeyondAsciiAsSqliteDoes() throws SQLException {
    for (String name : List.of("Ångström", "zoë", "\uD83D\uDE80", "\uFB01x", "Z", "a")) {
      scene.change(Members.DEVICES, "INSERT INTO realms(name) VALUES('" + name + "')");
      scene.changeCopy(Members.DEVICES, "INSERT INTO realms(name) VALUES('" + name + "')");
    }
    scene.change(Members.DEVICES, "DELETE FROM realms WHERE name='\uFB01x'");
    RestorePlan plan = scene.plan();
    assertThat(plan.warnings()).isEmpty();
    assertThat(PlanScene.named(plan, NamedKind.REALM).appear().first()).containsExactly("\uFB01x");
  }

  @Test
  void countsRowsThatCameSinceTheBackup() throws SQLException {
    String log = "INSERT INTO accounting_logs(timestamp,username,session_id,status) VALUES";
    scene.change(
        Members.ACCOUNTING,
        log + "('2026-11-24 04:00:00','u',1,'start'),('2026-11-24T04:30:00+00:00','u',1,'stop')");
    long second = PlanScene.NOW.minusSeconds(60).getEpochSecond();
    scene.change(
        Members.METRICS, "INSERT INTO metrics_snapshots(timestamp) VALUES(" + second + ")");
    scene.change(
        Members.AUDIT,
        "INSERT INTO audit_log(timestamp,user_id,action,resource_type,success)"
            + " SELECT max(timestamp),'u','a','r',1 FROM audit_log");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.member(plan, Members.ACCOUNTING).history())
        .containsExactly(
            new RestorePlan.HistoryRows(
                "accounting_logs", 2, Instant.parse("2026-11-24T04:30:00Z"), 0, 0, false));
    assertThat(PlanScene.member(plan, Members.METRICS).history())
        .containsExactly(
            new RestorePlan.HistoryRows(
                "metrics_snapshots", 1, Instant.ofEpochSecond(second), 0, 0, false));
    assertThat(PlanScene.member(plan, Members.AUDIT).history())
        .singleElement()
        .satisfies(rows -> assertThat(rows.newer()).isEqualTo(1));
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NEWER_ROWS_LOST))
        .contains(
            "2 rows of accounting_logs newer than the backup would be lost;"
                + " --history merge keeps them");
  }

  @Test
  void seesNewRowsBehindARowThatAWrongClockDatedLater() throws SQLException {
    String future = "INSERT INTO metrics_snapshots(timestamp) VALUES(" + Integer.MAX_VALUE + ")";
    scene.change(Members.METRICS, future);
    scene.changeCopy(Members.METRICS, future);
    assertThat(PlanScene.member(scene.plan(), Members.METRICS).history()).isEmpty();
    long second = PlanScene.TAKEN.plusSeconds(60).getEpochSecond();
    scene.change(
        Members.METRICS, "INSERT INTO metrics_snapshots(timestamp) VALUES(" + second + ")");
    assertThat(PlanScene.member(scene.plan(), Members.METRICS).history())
        .singleElement()
        .satisfies(rows -> assertThat(rows.newer()).isEqualTo(1));
  }

  @Test
  void losesAllRowsWhenTheBackupHasNone() throws SQLException {
    scene.changeCopy(Members.METRICS, "DELETE FROM metrics_snapshots");
    scene.changeCopy(Members.AUDIT, "DROP TABLE audit_log");
    scene.changeCopy(Members.ACCOUNTING, "UPDATE accounting_logs SET timestamp='unknown'");
    scene.change(Members.ACCOUNTING, "DELETE FROM accounting_logs WHERE id<=100");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.member(plan, Members.METRICS).history().get(0).newer()).isEqualTo(48);
    assertThat(PlanScene.member(plan, Members.AUDIT).history().get(0).newer()).isEqualTo(40);
    // Not one row has an equal in the backup.
    assertThat(PlanScene.member(plan, Members.ACCOUNTING).history())
        .singleElement()
        .satisfies(rows -> assertThat(rows.newer()).isEqualTo(200))
        .satisfies(rows -> assertThat(rows.missing()).isEqualTo(300));
  }

  @Test
  void comparesSettingsAndMasksSecrets() throws IOException {
    scene.replaceConfig("port = 49", "port = 4949");
    scene.replaceConfig("bind_password = ", "bind_password = " + CANARY);
    scene.replaceConfig("radius_timeout = 5", "radius_retries = 3");
    RestorePlan.Member config = PlanScene.member(scene.plan(), Members.TACACS_CONF);
    assertThat(config.settings().first())
        .containsExactlyInAnyOrder(
            new Setting("server", "port", "4949", "49"),
            new Setting("ldap", "bind_password", Secret.MASK, Secret.MASK),
            new Setting("radius_auth", "radius_retries", "3", null),
            new Setting("radius_auth", "radius_timeout", null, "5"));
  }

  @Test
  void comparesActiveOverrides() throws SQLException {
    scene.change(
        Members.OVERRIDES,
        "UPDATE config_overrides SET value='1' WHERE active=1 AND key='cleanup_days'",
        "INSERT INTO config_overrides(section,key,value,created_by,active)"
            + " VALUES('ldap','bind_password','"
            + CANARY
            + "','x',1),('server','port','1','x',0)");
    RestorePlan.Member overrides = PlanScene.member(scene.plan(), Members.OVERRIDES);
    assertThat(overrides.settings().first())
        .hasSize(2)
        .contains(new Setting("ldap", "bind_password", Secret.MASK, null))
        .anySatisfy(
            setting -> {
              assertThat(setting.key()).isEqualTo("cleanup_days");
              assertThat(setting.now()).isEqualTo("1");
            });
  }

  @Test
  void neverTellsASecret() throws Exception {
    scene.change(
        Members.DEVICES,
        "UPDATE devices SET tacacs_secret='" + CANARY + "', radius_secret='" + CANARY + "'",
        "UPDATE device_groups SET metadata=json_set(metadata,'$.radius_secret','" + CANARY + "')",
        "UPDATE proxies SET metadata='" + CANARY + "'");
    scene.change(
        Members.USERS,
        "UPDATE local_users SET password='" + CANARY + "', password_hash='" + CANARY + "'",
        "UPDATE local_user_groups SET metadata='[\"" + CANARY + "\"]'");
    scene.replaceConfig("radius_secret = ", "radius_secret = " + CANARY);
    scene.replaceConfig("server = ldaps://", "server = ldaps://user:" + CANARY + "@");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.named(plan, NamedKind.DEVICE).change().total()).isEqualTo(24);
    assertThat(PlanScene.named(plan, NamedKind.DEVICE).change().first().get(0).fields())
        .containsExactly("radius_secret", "tacacs_secret");
    assertThat(RestorePlanText.of(plan)).doesNotContain(CANARY).contains("tacacs_secret");
    assertThat(RestorePlanJson.text(plan)).doesNotContain(CANARY).contains("tacacs_secret");
    assertThat(plan.toString()).doesNotContain(CANARY);
  }

  @Test
  void namesSchemaDifferencesAndComparesWhatBothHave() throws SQLException {
    scene.change(
        Members.DEVICES,
        "ALTER TABLE devices ADD COLUMN vendor TEXT",
        "CREATE TABLE extra(a TEXT)",
        "DROP INDEX idx_devices_group",
        "UPDATE devices SET tacacs_secret='x' WHERE id=1");
    RestorePlan plan = scene.plan();
    RestorePlan.Member devices = PlanScene.member(plan, Members.DEVICES);
    assertThat(devices.schema().first())
        .extracting(each -> each.item().kind().id() + " " + each.item().name() + " " + each.only())
        .containsExactly(
            "table extra LIVE", "column devices.vendor LIVE", "index idx_devices_group BACKUP");
    assertThat(devices.tables()).contains(new Table("extra", 0L, null));
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.OTHER_SCHEMA)).hasSize(1);
    assertThat(PlanScene.named(plan, NamedKind.DEVICE).change().total()).isEqualTo(1);
  }

  @Test
  void namesWhatHasTheSameNameButAnotherDefinition() throws SQLException {
    String[] made = {
      "CREATE TRIGGER same AFTER INSERT ON devices BEGIN SELECT 'a  b'; END",
      "CREATE TRIGGER other AFTER INSERT ON devices BEGIN SELECT 'a  b'; END",
      "CREATE VIEW listed AS SELECT name FROM devices",
      "CREATE INDEX sorted ON devices(name)"
    };
    scene.change(Members.DEVICES, made);
    scene.changeCopy(
        Members.DEVICES,
        made[0].replace("BEGIN ", "BEGIN\n\t"),
        made[1].replace("a  b", "a b"),
        made[2].replace("name FROM", "network AS name FROM"),
        made[3].replace("(name)", "(network)"));
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.member(plan, Members.DEVICES).schema().first())
        .extracting(each -> each.item().kind().id() + " " + each.item().name() + " " + each.only())
        .containsExactly("index sorted BOTH", "trigger other BOTH", "view listed BOTH");
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.OTHER_SCHEMA)).hasSize(1);
    assertThat(RestorePlanText.of(plan))
        .contains("trigger other: another definition in the backup");
    assertThat(RestorePlanJson.text(plan)).contains("\"only_in\" : null");
  }

  @Test
  void onlyCountsWhenTheColumnsOfTheNameAreMissing() throws SQLException {
    scene.changeCopy(Members.USERS, "ALTER TABLE local_users RENAME COLUMN username TO login");
    scene.changeCopy(Members.METRICS, "ALTER TABLE metrics_snapshots RENAME COLUMN timestamp TO t");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_COMPARABLE))
        .hasSize(2)
        .allSatisfy(message -> assertThat(message).contains("one side has no column"));
    assertThat(PlanScene.member(plan, Members.USERS).named()).isEmpty();
    assertThat(PlanScene.member(plan, Members.USERS).tables())
        .contains(new Table("local_users", 13L, 13L));
  }

  @Test
  void onlyCountsWhenNamesAreNotUnique() throws SQLException {
    scene.change(
        Members.DEVICES,
        "CREATE TABLE r2(id INTEGER PRIMARY KEY, name TEXT, description TEXT)",
        "INSERT INTO r2 SELECT id,'same',description FROM realms",
        "DROP TABLE realms",
        "ALTER TABLE r2 RENAME TO realms");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_COMPARABLE))
        .singleElement()
        .asString()
        .contains("realms")
        .contains("not unique by name");
  }

  @Test
  void createsWhatIsMissingAndNamesAllThatAppears() throws IOException {
    Files.delete(scene.database(Members.USERS));
    Files.delete(scene.configFile());
    RestorePlan plan = scene.plan();
    RestorePlan.Member users = PlanScene.member(plan, Members.USERS);
    assertThat(users.action()).isEqualTo(Action.CREATE);
    assertThat(users.tables()).contains(new Table("local_users", null, 13L));
    assertThat(PlanScene.named(plan, NamedKind.USER).appear().total()).isEqualTo(13);
    assertThat(users.schema().isEmpty()).isTrue();
    assertThat(PlanScene.member(plan, Members.TACACS_CONF).settings().first())
        .contains(new Setting("server", "port", null, "49"));
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.LIVE_MISSING))
        .containsExactly("not there now and would be created: tacacs.conf, local_auth.db");
  }

  @Test
  void replacesGarbageThatItCannotCompare() throws IOException {
    Files.write(scene.database(Members.USERS), PlanScene.garbage());
    Files.write(scene.database(Members.METRICS), new byte[0]);
    Files.writeString(scene.configFile(), "port = 49 without a section\n");
    RestorePlan plan = scene.plan();
    RestorePlan.Member users = PlanScene.member(plan, Members.USERS);
    assertThat(users.action()).isEqualTo(Action.REPLACE);
    assertThat(users.tables()).contains(new Table("local_users", null, 13L));
    assertThat(users.named()).isEmpty();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.LIVE_UNREADABLE))
        .hasSize(3)
        .anySatisfy(message -> assertThat(message).startsWith("live tacacs.conf cannot be read: "))
        .anySatisfy(message -> assertThat(message).contains("local_auth.db"))
        .anySatisfy(message -> assertThat(message).contains("metrics_history.db"));
  }

  @Test
  void replacesADatabaseWithBrokenPages() throws Exception {
    Path users = scene.database(Members.USERS);
    byte[] bytes = Files.readAllBytes(users);
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(users, bytes);
    Map<String, String> before = scene.files();
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.LIVE_UNREADABLE)).hasSize(1);
    assertThat(scene.files()).isEqualTo(before);
  }

  @Test
  void failsWhenTheCopyCannotBeRead() throws IOException {
    Files.write(scene.copies().resolve(Members.USERS), PlanScene.garbage());
    assertThatThrownBy(scene::plan).isInstanceOf(EngineException.class);
  }

  @Test
  void leavesWhatIsNotInTheBackup() throws IOException {
    Files.delete(scene.copies().resolve(Members.AUDIT));
    Files.delete(scene.copies().resolve(Members.METRICS));
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.member(plan, Members.AUDIT).reason()).isEqualTo("it is not in the backup");
    assertThat(PlanScene.member(plan, Members.METRICS).reason())
        .isEqualTo("it did not exist when the backup was made");
    assertThat(PlanScene.member(plan, Members.METRICS).action()).isEqualTo(Action.NONE);
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_IN_BACKUP)).hasSize(2);
  }

  @Test
  void doesNotRestoreRawBytesOfADatabase() throws IOException {
    Files.write(scene.copies().resolve(Members.USERS), PlanScene.garbage());
    RestorePlan plan =
        scene.plan(
            scene.manifest(Map.of(Members.USERS, EntryType.DATA)),
            SampleHome.INSTANCE_NAME,
            PlanScene.NOW);
    assertThat(PlanScene.member(plan, Members.USERS).action()).isEqualTo(Action.NONE);
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.RAW_MEMBER)).hasSize(1);
  }

  @Test
  void warnsOfOldForeignAndFutureBackups() {
    RestorePlan old =
        scene.plan(
            scene.manifest(Map.of()), "elsewhere", PlanScene.TAKEN.plus(Duration.ofDays(12)));
    assertThat(PlanScene.warnings(old, PlanWarning.Kind.OLD_BACKUP))
        .containsExactly("the backup is 12 days old: everything since then would be undone");
    assertThat(PlanScene.warnings(old, PlanWarning.Kind.OTHER_INSTANCE))
        .containsExactly("the backup is of instance 'tacacs-sample', this is 'elsewhere'");
    RestorePlan future =
        scene.plan(
            scene.manifest(Map.of()),
            SampleHome.INSTANCE_NAME,
            PlanScene.TAKEN.minus(Duration.ofHours(1)));
    assertThat(PlanScene.warnings(future, PlanWarning.Kind.FUTURE_BACKUP)).hasSize(1);
    assertThat(future.age()).isZero();
  }

  @Test
  void readsADatabaseBehindASymbolicLinkAndLeavesNothingThere() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Path target = elsewhere.resolve("users.db");
    Files.move(scene.database(Members.USERS), target);
    Files.createSymbolicLink(scene.database(Members.USERS), target);
    RestoreScene.execute(target, "DELETE FROM local_users WHERE username='svc-backup'");
    assertThat(PlanScene.named(scene.plan(), NamedKind.USER).appear().first())
        .containsExactly("svc-backup");
    assertThat(elsewhere).isDirectoryContaining(target::equals);
    assertThat(elsewhere.toFile().list()).hasSize(1);
  }

  @Test
  void takesNoPartInWhatAHostileSchemaWants() throws SQLException {
    scene.changeCopy(Members.DEVICES, "ALTER TABLE realms RENAME TO hidden");
    scene.changeCopy(
        Members.DEVICES, "CREATE VIEW realms AS SELECT id, name, description FROM hidden");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.named(plan, NamedKind.REALM).disappear().total()).isEqualTo(7);
    assertThat(PlanScene.member(plan, Members.DEVICES).schema().first())
        .extracting(each -> each.item().kind().id() + " " + each.item().name())
        .containsExactly("table hidden", "table realms", "view realms");
  }

  @Test
  void keepsAHugeValueOutOfMemory() throws SQLException {
    scene.changeCopy(
        Members.USERS,
        "UPDATE local_users SET description=hex(zeroblob(3000000)) WHERE username='svc-backup'");
    RestorePlan plan = scene.plan();
    assertThat(PlanScene.warnings(plan, PlanWarning.Kind.NOT_COMPARABLE))
        .singleElement()
        .asString()
        .startsWith("local_users in local_auth.db cannot be compared: ");
    assertThat(PlanScene.member(plan, Members.USERS).access().isEmpty()).isTrue();
  }

  @Test
  void keepsTheFirstThousandNamesAndCountsAll() throws SQLException {
    scene.change(
        Members.DEVICES,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1500)"
            + " INSERT INTO devices(name,network) SELECT 'new-'||i,'192.0.2.1/32' FROM n");
    Capped<String> gone = PlanScene.named(scene.plan(), NamedKind.DEVICE).disappear();
    assertThat(gone.total()).isEqualTo(1500);
    assertThat(gone.first()).hasSize(1000);
  }

  @Test
  void readsWhatAnOpenWriterHasCommittedAndDoesNotHinderIt() throws SQLException {
    try (Connection writer =
            DriverManager.getConnection("jdbc:sqlite:" + scene.database(Members.USERS));
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA busy_timeout=0");
      statement.execute("INSERT INTO local_users(username) VALUES('committed')");
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO local_users(username) VALUES('open')");
      assertThat(PlanScene.named(scene.plan(), NamedKind.USER).disappear().first())
          .containsExactly("committed");
      writer.commit();
    }
    assertThat(PlanScene.named(scene.plan(), NamedKind.USER).disappear().first())
        .containsExactly("committed", "open");
  }
}
