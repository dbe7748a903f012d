package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

class OverridesDatabaseTest {
  @TempDir Path directory;

  @Test
  void activeOverridesAndMetadataAreReadAndNothingElse() throws SQLException {
    Path file = directory.resolve("config_overrides.db");
    execute(
        file,
        "CREATE TABLE config_overrides(id INTEGER PRIMARY KEY, section TEXT, key TEXT, value TEXT,"
            + " value_type TEXT, created_by TEXT, active INTEGER)",
        "INSERT INTO config_overrides VALUES (1,'backup','enabled','0','boolean','ada',1)",
        "INSERT INTO config_overrides VALUES (2,'backup','enabled','1','boolean','ada',0)",
        "CREATE TABLE system_metadata(key TEXT PRIMARY KEY, value TEXT)",
        "INSERT INTO system_metadata VALUES ('instance_id','instance_0a1b2c3d'),"
            + " ('instance_name','fra1')");
    OverridesDatabase read = OverridesDatabase.read(file);
    assertThat(read.overrides())
        .containsExactly(new ConfigOverride("backup", "enabled", "0", "boolean", "ada"));
    assertThat(read.instanceId()).hasValue("instance_0a1b2c3d");
    assertThat(read.instanceName()).hasValue("fra1");
  }

  @Test
  void absentDatabaseAndAbsentTablesMeanNone() throws SQLException {
    Path file = directory.resolve("config_overrides.db");
    assertThat(OverridesDatabase.read(file)).isEqualTo(OverridesDatabase.NONE);
    execute(file, "CREATE TABLE something_else(x)");
    assertThat(OverridesDatabase.read(file)).isEqualTo(OverridesDatabase.NONE);
  }

  @Test
  void damagedDatabaseIsNamed() throws Exception {
    Path file = Files.write(directory.resolve("config_overrides.db"), new byte[4096]);
    assertThatThrownBy(() -> OverridesDatabase.read(file))
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED);
              assertThat(failure.subject()).isEqualTo(file.toString());
            });
  }

  @Test
  void tableThatLostItsKeyIsReadAllTheSame() throws SQLException {
    Path file = directory.resolve("config_overrides.db");
    execute(
        file,
        "CREATE TABLE system_metadata(key TEXT, value TEXT)",
        "INSERT INTO system_metadata VALUES ('instance_name','one'), ('instance_name','two')");
    assertThat(OverridesDatabase.read(file).instanceName()).hasValue("two");
  }

  @Test
  void moreSettingsThanMemoryShouldHoldAreRefused() throws SQLException {
    Path file = directory.resolve("config_overrides.db");
    execute(
        file,
        "CREATE TABLE system_metadata(key TEXT PRIMARY KEY, value TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<100) INSERT INTO"
            + " system_metadata SELECT i, hex(zeroblob(50000)) FROM n");
    assertThatThrownBy(() -> OverridesDatabase.read(file))
        .hasMessageContaining("more settings than a configuration can have")
        .isInstanceOfSatisfying(
            EngineException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.VERIFICATION_FAILED));
  }

  private static void execute(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }
}
