package org.tacvault.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Home;

class SampleHomeTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:07:00Z");

  @TempDir Path temp;
  private Home home;

  @BeforeEach
  void createHome() {
    home = SampleHome.create(temp.resolve("home"), SampleSize.SMALL, 1, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "devices.db, wal, devices, 24",
    "devices.db, wal, device_groups, 48",
    "devices.db, wal, realms, 7",
    "devices.db, wal, proxies, 6",
    "local_auth.db, wal, local_users, 13",
    "local_auth.db, wal, local_user_groups, 10",
    "tacacs_accounting.db, wal, accounting_logs, 300",
    "tacacs_accounting.db, wal, accounting, 100",
    "tacacs_accounting.db, wal, active_sessions, 40",
    "metrics_history.db, delete, metrics_snapshots, 48",
    "audit_trail.db, delete, audit_log, 40",
    "config_overrides.db, delete, config_overrides, 24",
    "config_overrides.db, delete, system_metadata, 2"
  })
  void fillsEveryTableInTheJournalModeOfTheServer(
      String database, String journalMode, String table, long rows) throws SQLException {
    Path file = home.data().resolve(database);
    assertThat(Sql.column(file, "PRAGMA journal_mode")).containsExactly(journalMode);
    assertThat(Sql.number(file, "SELECT count(*) FROM " + table)).isEqualTo(rows);
    assertThat(Sql.column(file, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(Sql.column(file, "PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void sameSeedGivesTheSameContent() throws IOException {
    Home again = SampleHome.create(temp.resolve("again"), SampleSize.SMALL, 1, NOW);
    assertThat(hashes(again)).isEqualTo(hashes(home));
    assertThat(again.configFile()).hasSameTextualContentAs(home.configFile());
  }

  @Test
  void anotherSeedGivesOtherContent() throws IOException {
    Home other = SampleHome.create(temp.resolve("other"), SampleSize.SMALL, 2, NOW);
    assertThat(hashes(other)).doesNotContainEntry("local_users", hashes(home).get("local_users"));
    assertThat(Files.readString(other.configFile()))
        .isNotEqualTo(Files.readString(home.configFile()));
  }

  @Test
  void dailyTotalsAreWhatTheInsertTriggerWouldHaveWritten() throws Exception {
    Path bulk = home.data().resolve("tacacs_accounting.db");
    Path oneByOne = temp.resolve("one-by-one.db");
    try (SampleDatabase database = SampleDatabase.create(oneByOne, "accounting-tables.sql")) {
      database.script("accounting-indexes.sql");
      database.finish(SampleDatabase.Journal.DELETE);
    }
    String copyRows =
        "ATTACH '%s' AS bulk; INSERT INTO accounting_logs SELECT * FROM bulk.accounting_logs;";
    Sql.run(oneByOne, copyRows.formatted(bulk));
    assertThat(TableHashes.of(bulk))
        .containsEntry("mv_daily_totals", TableHashes.of(oneByOne).get("mv_daily_totals"))
        .containsEntry(
            "mv_daily_unique_users", TableHashes.of(oneByOne).get("mv_daily_unique_users"));
  }

  @Test
  void triggersKeepTheTotalsRight() throws SQLException {
    Path file = home.data().resolve("tacacs_accounting.db");
    Sql.run(
        file,
        "INSERT INTO accounting_logs(timestamp, username, session_id, status)"
            + " VALUES ('2030-01-01T00:00:00+00:00', 'somebody', 1, 'START')");
    String ofThatDay = "SELECT total_records FROM mv_daily_stats WHERE stat_date = '2030-01-01'";
    assertThat(Sql.number(file, ofThatDay)).isEqualTo(1);
    Sql.run(file, "DELETE FROM accounting_logs WHERE username = 'somebody'");
    assertThat(Sql.column(file, ofThatDay)).isEmpty();
  }

  @Test
  void accountingTimesRiseAndEndNow() throws SQLException {
    Path file = home.data().resolve("tacacs_accounting.db");
    String outOfOrder =
        "SELECT count(*) FROM (SELECT timestamp, lag(timestamp) OVER (ORDER BY id) AS before"
            + " FROM accounting_logs) WHERE timestamp < before";
    assertThat(Sql.number(file, outOfOrder)).isZero();
    assertThat(Sql.column(file, "SELECT max(timestamp) FROM accounting_logs").get(0))
        .startsWith("2026-11-23T0");
    assertThat(Sql.number(file, "SELECT count(DISTINCT date(timestamp)) FROM accounting_logs"))
        .isGreaterThan(20);
  }

  @Test
  void filesArePrivate() throws IOException {
    for (Path file : new Path[] {home.configFile(), home.overridesDatabase()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void versionsOfTheConfigurationHoldTheChangedKeys() throws SQLException {
    assertThat(
            Sql.number(
                home.overridesDatabase(),
                "SELECT count(*) FROM config_overrides o JOIN config_versions v"
                    + " ON v.version_number = o.id"
                    + " WHERE json_extract(config_json, '$.' || section || '.' || key) = value"))
        .isEqualTo(24);
  }

  @Test
  void refusesADirectoryThatHoldsSomething() {
    assertThatThrownBy(() -> SampleHome.create(home.root(), SampleSize.SMALL, 1, NOW))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(failure.hint())
                  .hasValueSatisfying(hint -> assertThat(hint).contains("empty"));
            });
  }

  @Test
  void aSizeThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new SampleSize(0, 1, 1, 1, 1))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("users");
  }

  private static Map<String, String> hashes(Home home) {
    Map<String, String> hashes = TableHashes.of(home.data().resolve("devices.db"));
    hashes.putAll(TableHashes.of(home.data().resolve("local_auth.db")));
    hashes.putAll(TableHashes.of(home.data().resolve("tacacs_accounting.db")));
    hashes.putAll(TableHashes.of(home.data().resolve("metrics_history.db")));
    hashes.putAll(TableHashes.of(home.data().resolve("audit_trail.db")));
    hashes.putAll(TableHashes.of(home.overridesDatabase()));
    return hashes;
  }
}
