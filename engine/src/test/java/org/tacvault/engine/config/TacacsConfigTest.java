package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Home;

class TacacsConfigTest {
  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void takesDefaultsAloneWhenThereIsNoFile() {
    TacacsConfig loaded = config.load();

    assertThat(loaded.fileExists()).isFalse();
    assertThat(loaded.value("server", "port"))
        .contains(new ConfigValue("server", "port", "49", Origin.DEFAULT, false));
    assertThat(loaded.devicesDatabase()).isEqualTo(directory.resolve("data/devices.db"));
    assertThat(loaded.usersDatabase()).isEqualTo(directory.resolve("data/local_auth.db"));
    assertThat(loaded.accountingDatabase())
        .isEqualTo(directory.resolve("data/tacacs_accounting.db"));
    assertThat(loaded.metricsDatabase()).isEqualTo(directory.resolve("data/metrics_history.db"));
    assertThat(loaded.auditDatabase()).isEqualTo(directory.resolve("data/audit_trail.db"));
  }

  @Test
  void prefersOverrideToFileToEnvironmentToDefault() {
    config.file("[server]\nhost = file\nport = 1\n");
    config.variable("TACACS_SERVER_HOST", "environment");
    config.variable("TACACS_SERVER_LOG_LEVEL", "environment");
    config.variable("TACACS_SERVER_PORT", "2");
    config.override("server", "port", "3", "integer");

    TacacsConfig loaded = config.load();

    assertThat(shown(loaded, "server", "host")).isEqualTo("file from " + config.path() + ":2");
    assertThat(shown(loaded, "server", "port")).isEqualTo("3 from override by admin");
    assertThat(shown(loaded, "server", "log_level"))
        .isEqualTo("environment from environment TACACS_SERVER_LOG_LEVEL");
    assertThat(shown(loaded, "server", "max_connections")).isEqualTo("50 from default");
    assertThat(loaded.fileExists()).isTrue();
  }

  @Test
  void countsAnEmptyVariableAsAValueAsTheServerDoes() {
    config.variable("TACACS_SERVER_HOST", "");

    assertThat(shown(config.load(), "server", "host"))
        .isEqualTo(" from environment TACACS_SERVER_HOST");
  }

  @Test
  void replacesSecretsOfTheFileByThoseOfTheEnvironment() {
    config.file(
        "[admin]\npassword_hash = old\n[ldap]\nbind_password = old\n[openid]\nclient_id = f\n");
    config.variable("ADMIN_PASSWORD_HASH", "new");
    config.variable("LDAP_BIND_PASSWORD", "");
    config.variable("RADIUS_AUTH_SECRET", "r");
    config.variable("BACKUP_ENCRYPTION_PASSPHRASE", "p");
    config.variable("TACACS_BACKUP_ENCRYPTION_PASSPHRASE", "not this one");
    config.variable("OPENID_CLIENT_ID", "e");
    config.variable("AZURE_STORAGE_CONNECTION_STRING", "second name");
    config.variable("OKTA_DOMAIN", "https://okta.example");

    TacacsConfig loaded = config.load();

    assertThat(text(loaded, "admin", "password_hash")).isEqualTo("new");
    assertThat(text(loaded, "ldap", "bind_password")).isEqualTo("old");
    assertThat(text(loaded, "radius_auth", "radius_secret")).isEqualTo("r");
    assertThat(text(loaded, "backup", "encryption_passphrase")).isEqualTo("p");
    assertThat(text(loaded, "openid", "client_id")).isEqualTo("f");
    assertThat(text(loaded, "backup", "connection_string")).isEqualTo("second name");
    assertThat(text(loaded, "okta", "org_url")).isEqualTo("https://okta.example");
    assertThat(loaded.value("backup", "connection_string").orElseThrow().origin().detail())
        .isEqualTo("AZURE_STORAGE_CONNECTION_STRING");
  }

  @Test
  void letsTheDefaultSectionFillEverySectionBeforeDefaultsDo() {
    config.file("[DEFAULT]\nport = 7\nextra = x\n[server]\nport = 1\n");

    TacacsConfig loaded = config.load();

    assertThat(text(loaded, "server", "port")).isEqualTo("1");
    assertThat(text(loaded, "syslog", "port")).isEqualTo("7");
    assertThat(loaded.value("radius", "extra").orElseThrow().inherited()).isTrue();
    assertThat(loaded.section("server")).extracting(ConfigValue::key).startsWith("port", "extra");
    assertThat(loaded.sections()).doesNotContain("DEFAULT").startsWith("server", "auth");
  }

  @Test
  void offersTheSourceUrlToEverySection() {
    config.variable("TACACS_SOURCE_URL", "https://conf.example/x");

    assertThat(text(config.load(), "mfa", "source_url")).isEqualTo("https://conf.example/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      quoteCharacter = '`',
      textBlock =
          """
          string  | ' x '           | ' x '
          string  | 1               | 1
          integer | 007             | 7
          int     | many            | many
          boolean | 1               | true
          bool    | 0               | false
          list    | ["a", "b"]      | ["a", "b"]
          json    | {"k": [1, 2.0]} | {"k": [1, 2.0]}
          json    | "text"          | text
          NULL    | true            | true
          NULL    | broken          | broken
          json    | null            | ``
          string  | ``              | ``
          """)
  void readsOverridesAfterTheirType(String type, String stored, String text) {
    assertThat(OverrideText.of(new ConfigOverride("s", "k", stored, type))).isEqualTo(text);
  }

  @Test
  void addsSectionsAndLowersKeysOfOverridesButNeverTouchesTheDefaultSection() {
    config.override("custom", "Key", "v", "string");
    config.override("DEFAULT", "port", "1", "integer");

    TacacsConfig loaded = config.load();

    assertThat(text(loaded, "custom", "key")).isEqualTo("v");
    assertThat(text(loaded, "server", "port")).isEqualTo("49");
    assertThat(loaded.value("nowhere", "port")).isEmpty();
  }

  @Test
  void resolvesPathsAgainstTheHomeAndExpandsVariablesForUsersOnly() {
    config.file(
        "[auth]\nlocal_auth_db = $DIR/${SUB}/${NONE}/$/u.db\n[devices]\ndatabase = $DIR/d.db\n"
            + "[database]\naudit_trail_db = /var/a.db\nmetrics_history_db = ../m.db\n");
    config.variable("DIR", "/srv/$SUB");
    config.variable("SUB", "x");

    TacacsConfig loaded = config.load();

    assertThat(loaded.usersDatabase()).isEqualTo(Path.of("/srv/$SUB/x/${NONE}/$/u.db"));
    assertThat(loaded.devicesDatabase()).isEqualTo(directory.resolve("$DIR/d.db"));
    assertThat(loaded.auditDatabase()).isEqualTo(Path.of("/var/a.db"));
    assertThat(loaded.metricsDatabase()).isEqualTo(directory.resolveSibling("m.db"));
  }

  @Test
  void refusesAnEmptyOrImpossiblePathNamingItsLine() {
    config.file("[devices]\ndatabase =\n[database]\naccounting_db = a\0b\n");
    TacacsConfig loaded = config.load();

    assertThatThrownBy(loaded::devicesDatabase)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(config.path() + ":2: [devices] database is empty");
    assertThatThrownBy(loaded::accountingDatabase)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("[database] accounting_db is not a path");
  }

  @Test
  void putsDefaultBackupsWhereTheVariableSays() {
    assertThat(config.load().defaultBackups()).isEqualTo(directory.resolve("data/backups"));

    config.variable("TACACS_BACKUP_ROOT", "/mnt/backups");
    assertThat(config.load().defaultBackups()).isEqualTo(Path.of("/mnt/backups"));

    config.variable("TACACS_BACKUP_ROOT", "relative");
    assertThatThrownBy(() -> config.load().defaultBackups())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("TACACS_BACKUP_ROOT is a relative path");
  }

  @Test
  void readsTheConfigurationOfAnArchiveAgainstTheHome() throws Exception {
    Path unpacked =
        Files.writeString(directory.resolve("unpacked.conf"), "[devices]\ndatabase = d\n");

    TacacsConfig loaded =
        TacacsConfig.load(new Home(directory, unpacked), Environment.of(Map.of()), List.of());

    assertThat(loaded.devicesDatabase()).isEqualTo(directory.resolve("d"));
  }

  @Test
  void failsOnAFileThatIsThereButCannotBeRead() throws Exception {
    Files.createDirectories(config.path().getParent());
    Files.createSymbolicLink(config.path(), directory.resolve("nowhere"));

    assertThatThrownBy(config::load)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(config.path().toString());
  }

  @Test
  void showsNoValueInItsTexts() {
    config.file("[ldap]\nbind_password = hunter2\n");
    config.variable("RADIUS_AUTH_SECRET", "hunter2");
    config.override("backup", "encryption_passphrase", "hunter2", "string");

    assertThat(config.load().values().toString()).doesNotContain("hunter2");
    assertThat(IniFile.read(config.path()).sections().toString()).doesNotContain("hunter2");
    assertThat(config.overrides().toString()).doesNotContain("hunter2");
    assertThat(config.environment().toString()).doesNotContain("hunter2");
  }

  private static String text(TacacsConfig config, String section, String key) {
    return config.value(section, key).orElseThrow().value();
  }

  private static String shown(TacacsConfig config, String section, String key) {
    ConfigValue value = config.value(section, key).orElseThrow();
    return value.value() + " from " + value.origin().text();
  }
}
