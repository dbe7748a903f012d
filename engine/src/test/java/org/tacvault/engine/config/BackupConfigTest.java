package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.config.BackupConfig.Compression;
import org.tacvault.engine.config.BackupConfig.RetentionStrategy;
import org.tacvault.engine.config.BackupConfig.SafetyBackup;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.secret.Secret;

class BackupConfigTest {
  private static final ScheduleConfig SCHEDULE_DEFAULTS =
      new ScheduleConfig(true, 3, Optional.of(LocalTime.of(4, 0)), Duration.ofSeconds(30));

  private static final String RECIPIENT =
      "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void hasDefaultsForEverything() {
    assertThat(read())
        .isEqualTo(
            new BackupConfig(
                true,
                false,
                directory.resolve("data/backup_temp"),
                false,
                Optional.empty(),
                List.of(),
                RetentionStrategy.SIMPLE,
                30,
                7,
                4,
                12,
                3,
                Compression.GZIP,
                6,
                SafetyBackup.REQUIRED,
                true,
                false,
                List.of(),
                7,
                3,
                0,
                10_240,
                SCHEDULE_DEFAULTS,
                ServerCommands.NONE));
  }

  @Test
  void takesEveryKeyFromTheFile() {
    config.backup(
        "enabled = no",
        "create_on_startup = ON",
        "temp_directory = /tmp/x",
        "encryption_enabled = 1",
        "encryption_passphrase = correct horse",
        "encryption_recipients = " + RECIPIENT + ",",
        "  " + RECIPIENT,
        "default_retention_strategy = Hanoi",
        "default_retention_days = 3650",
        "gfs_keep_daily = 1",
        "gfs_keep_weekly = 2",
        "gfs_keep_monthly = 5",
        "gfs_keep_yearly = 0",
        "compression = zstd",
        "compression_level = 9",
        "safety_backup = best_effort",
        "verify_after_upload = false",
        "export_secrets = true",
        "allowed_roots = /a/../b, /c d",
        "emergency_keep_days = 8",
        "emergency_keep_last = 9",
        "bandwidth_limit = 1M",
        "upload_max_megabytes = 10",
        "schedule_catch_up = off",
        "schedule_retries = 0",
        "retention_time = 23:59",
        "shutdown_timeout = 3600");

    assertThat(read())
        .isEqualTo(
            new BackupConfig(
                false,
                true,
                Path.of("/tmp/x"),
                true,
                Optional.of(Secret.of("correct horse")),
                List.of(RECIPIENT, RECIPIENT),
                RetentionStrategy.HANOI,
                3650,
                1,
                2,
                5,
                0,
                Compression.ZSTD,
                9,
                SafetyBackup.BEST_EFFORT,
                false,
                true,
                List.of(Path.of("/b"), Path.of("/c d")),
                8,
                9,
                1 << 20,
                10,
                new ScheduleConfig(
                    false, 0, Optional.of(LocalTime.of(23, 59)), Duration.ofSeconds(3600)),
                ServerCommands.NONE));
  }

  @Test
  void holdsExactlyTheKeysThatAreSaidToBeUsed() {
    long used =
        BackupKeys.all().stream().filter(k -> k.support() == BackupKey.Support.USED).count();

    int commands = ServerCommands.class.getRecordComponents().length;
    int schedule = ScheduleConfig.class.getRecordComponents().length;
    int service = ServiceConfig.class.getRecordComponents().length;
    assertThat(BackupConfig.class.getRecordComponents().length - 2 + schedule + service + commands)
        .isEqualTo((int) used);
    assertThat(BackupKeys.all()).extracting(BackupKey::name).doesNotHaveDuplicates();
    assertThat(BackupKeys.all())
        .allSatisfy(key -> assertThat(key.parse(key.defaultValue())).isPresent())
        .allSatisfy(key -> assertThat(key.explanation()).endsWith("."));
  }

  @Test
  void knowsEveryBackupKeyOfTheServerWithTheSameDefault() {
    assertThat(ServerDefaults.sections().get("backup"))
        .allSatisfy(
            (name, value) ->
                assertThat(BackupKeys.find(name).orElseThrow().defaultValue())
                    .isEqualTo(value.text()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enabled | maybe
          enabled | ''
          temp_directory | ''
          encryption_recipients | age1short
          default_retention_strategy | yearly
          default_retention_days | 0
          default_retention_days | 3651
          default_retention_days | 30 days
          default_retention_days | 99999999999
          gfs_keep_daily | 0
          gfs_keep_weekly | -1
          gfs_keep_yearly | -1
          compression | lzma
          compression_level | 0
          compression_level | 10
          safety_backup | optional
          allowed_roots | relative/path
          emergency_keep_days | 0
          emergency_keep_last | 0
          bandwidth_limit | 20X
          bandwidth_limit | -1
          bandwidth_limit | 1.5M
          upload_max_megabytes | 0
          schedule_catch_up | later
          schedule_retries | 21
          retention_time | 24:00
          retention_time | 4:00
          shutdown_timeout | -1
          """)
  void refusesAValueNamingFileLineSectionKeyAndWhatIsAllowed(String key, String value) {
    config.backup("# comment", key + " = " + value);

    ConfigProblem problem = onlyProblem();

    assertThat(problem.where()).isEqualTo(config.path() + ":3");
    assertThat(problem.what()).isEqualTo("[backup] " + key + " is '" + value + "'");
    assertThat(problem.allowed())
        .isEqualTo("allowed: " + BackupKeys.find(key).orElseThrow().allowed());
  }

  @ParameterizedTest
  @ValueSource(strings = "database_url")
  void refusesAKeyOfLaterVersionsRatherThanIgnoringIt(String key) {
    config.backup(key + " = hunter2");

    assertThat(onlyProblem().text())
        .isEqualTo(
            config.path()
                + ":2: [backup] "
                + key
                + " is not supported by this version; remove the key");

    config.backup(key + " =");
    assertThat(read().enabled()).isTrue();
  }

  @Test
  void reportsAllProblemsTogetherWithTheirOrigins() {
    config.backup("compression = rar", "compression_level = 11");
    config.variable("TACACS_BACKUP_GFS_KEEP_DAILY", "x");
    config.override("backup", "enabled", "perhaps", "string");

    assertThat(problems())
        .extracting(ConfigProblem::where)
        .containsExactly(
            "override by admin",
            "environment TACACS_BACKUP_GFS_KEEP_DAILY",
            config.path() + ":2",
            config.path() + ":3");
  }

  @Test
  void doesNotShowASecretKeyThatWasTakenForARecipient() {
    config.backup("encryption_recipients = AGE-SECRET-KEY-1HUNTER2");

    assertThat(onlyProblem().text()).doesNotContain("HUNTER2").contains("age public keys");
    assertThat(ConfigView.lines(config.load()).toString()).doesNotContain("HUNTER2");
  }

  @Test
  void refusesEncryptionWithoutAnyKey() {
    config.backup("encryption_enabled = true");

    assertThat(onlyProblem().text())
        .startsWith(config.path() + ":2: backups would not be encrypted")
        .contains("BACKUP_ENCRYPTION_PASSPHRASE")
        .contains("encryption_recipients");

    config.variable("BACKUP_ENCRYPTION_PASSPHRASE", "p");
    assertThat(read().encryptionPassphrase()).contains(Secret.of("p"));
  }

  @Test
  void doesNotAddAProblemAboutRecipientsThatAreWrongAlready() {
    config.backup("encryption_enabled = true", "encryption_recipients = age1short");

    assertThat(onlyProblem().what()).contains("encryption_recipients");
  }

  @Test
  void cannotBeBuiltWithoutAKeyForItsEncryption() {
    BackupConfig plain = read();

    assertThatThrownBy(
            () ->
                new BackupConfig(
                    true,
                    false,
                    plain.tempDirectory(),
                    true,
                    Optional.empty(),
                    List.of(),
                    RetentionStrategy.SIMPLE,
                    30,
                    7,
                    4,
                    12,
                    3,
                    Compression.GZIP,
                    6,
                    SafetyBackup.REQUIRED,
                    true,
                    false,
                    List.of(),
                    7,
                    3,
                    0,
                    10_240,
                    SCHEDULE_DEFAULTS,
                    ServerCommands.NONE))
        .isInstanceOf(EngineException.class);
  }

  @Test
  void acceptsKeysOfTheServerThatHaveNoEffect() {
    BackupConfig defaults = read();

    config.backup("container_name = c", "account_key = hunter2", "use_managed_identity = true");

    assertThat(read()).isEqualTo(defaults);
    assertThat(ConfigReview.of(config.load()).warnings()).isEmpty();
  }

  private BackupConfig read() {
    return BackupConfig.from(config.load());
  }

  private List<ConfigProblem> problems() {
    return catchThrowableOfType(InvalidConfigException.class, this::read).problems();
  }

  private ConfigProblem onlyProblem() {
    assertThat(problems()).hasSize(1);
    return problems().get(0);
  }
}
