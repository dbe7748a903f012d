package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tacvault.engine.config.ConfigView.Explanation;
import org.tacvault.engine.config.ConfigView.Line;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

class ConfigViewTest {
  @TempDir Path directory;
  private TestConfig config;

  @BeforeEach
  void createHome() {
    config = new TestConfig(directory);
  }

  @Test
  void showsEveryValueMaskedWithOriginAndMeaning() {
    config.backup(
        "encryption_passphrase = hunter2", "compression = zstd", "unknown_token = hunter2");

    List<Line> lines = ConfigView.lines(config.load());

    assertThat(lines.toString()).doesNotContain("hunter2");
    assertThat(line(lines, "backup.encryption_passphrase").value()).isEqualTo(Secret.MASK);
    assertThat(line(lines, "backup.compression").origin().text()).isEqualTo(config.path() + ":3");
    assertThat(line(lines, "backup.safety_backup"))
        .isEqualTo(
            new Line(
                "backup.safety_backup",
                "required",
                Origin.DEFAULT,
                BackupKeys.SAFETY_BACKUP.explanation()));
    assertThat(line(lines, "devices.database").explanation()).contains("devices");
    assertThat(line(lines, "server.port").explanation()).contains("does not use it");
    assertThat(lines).extracting(Line::name).doesNotHaveDuplicates();
  }

  @Test
  void showsTheKeysOfBackupThatHaveAnEffectOnce() {
    config.backup("compression = zstd", "container_name = x");

    List<Line> lines = ConfigView.backupLines(config.load());

    int commands = ServerCommands.class.getRecordComponents().length;
    int schedule = ScheduleConfig.class.getRecordComponents().length;
    int service = ServiceConfig.class.getRecordComponents().length;
    assertThat(lines)
        .hasSize(
            BackupConfig.class.getRecordComponents().length - 2 + schedule + service + commands);
    assertThat(line(lines, "backup.compression").value()).isEqualTo("zstd");
    assertThat(line(lines, "backup.export_secrets").value()).isEqualTo("false");
  }

  @Test
  void explainsAKeyWithOrWithoutItsSection() {
    Explanation explanation = ConfigView.explain("compression_level");

    assertThat(explanation)
        .isEqualTo(
            new Explanation(
                "backup.compression_level",
                "6",
                "a whole number from 1 to 9",
                "How hard to compress: 1 is fastest, 9 smallest.",
                List.of("TACACS_BACKUP_COMPRESSION_LEVEL")));
    assertThat(ConfigView.explain("backup.compression_level")).isEqualTo(explanation);
    assertThat(ConfigView.explain("encryption_passphrase").variables())
        .containsExactly("BACKUP_ENCRYPTION_PASSPHRASE");
    assertThat(ConfigView.explain("database_url").allowed()).contains("not supported");
  }

  @Test
  void explainsKeysOfTheServer() {
    assertThat(ConfigView.explain("auth.local_auth_db").defaultValue())
        .isEqualTo("data/local_auth.db");
    assertThat(ConfigView.explain("server.instance_name").variables())
        .containsExactly("TACACS_SERVER_INSTANCE_NAME");
    assertThat(ConfigView.explain("admin.password_hash").variables())
        .containsExactly("ADMIN_PASSWORD_HASH");
  }

  @Test
  void namesTheNearestKeyForAnUnknownOne() {
    EngineException near = failure("compresion_level");
    EngineException far = failure("server.qqqqqqqqqqqqqqqqqqqqqq");

    assertThat(near.kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(near.hint()).contains("did you mean backup.compression_level?");
    assertThat(far.hint()).contains("'tacvault config show' lists all keys");
  }

  @Test
  void reviewsWithoutThrowing() {
    config.file(
        "[server]\ninstance_name = a.b\n[backup]\ncompresion = zstd\ngfs_keep_daily = 0\n"
            + "zzzzzzzzzzzzzzzz = 1\n[backup.local]\npath = /x\n[devices]\ndatabase =\n");
    config.variable("TACACS_BACKUP_ROOT", "relative");

    ConfigReview review = ConfigReview.of(config.load());

    assertThat(review.problems())
        .extracting(ConfigProblem::where)
        .containsExactly(
            config.path() + ":5",
            config.path() + ":10",
            "environment TACACS_BACKUP_ROOT",
            config.path() + ":2");
    assertThat(review.warnings())
        .extracting(ConfigProblem::where)
        .containsExactly(config.path() + ":4", config.path() + ":6", config.path() + ":8");
    assertThat(review.warnings())
        .extracting(ConfigProblem::allowed)
        .startsWith("did you mean compression?", "'tacvault config show' lists the keys");
  }

  @Test
  void warnsThatAPassphraseDoesNotOpenWhatIsEncryptedToRecipients() {
    config.backup(
        "encryption_recipients = age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
    config.variable("BACKUP_ENCRYPTION_PASSPHRASE", "hunter2");

    assertThat(ConfigReview.of(config.load()).warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.text()).doesNotContain("hunter2"))
        .extracting(ConfigProblem::where)
        .isEqualTo("environment BACKUP_ENCRYPTION_PASSPHRASE");
  }

  @Test
  void reviewsTheKeyOfTheDestinationsSecretsWithoutQuotingIt() throws Exception {
    config.backup("enabled = true");
    config.variable("TACVAULT_SECRET_KEY", "hunter2");

    assertThat(ConfigReview.of(config.load()).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).doesNotContain("hunter2"))
        .isEqualTo(
            new ConfigProblem(
                "TACVAULT_SECRET_KEY",
                "the key of the destinations' secrets cannot be used: it is not a key of 32 bytes",
                "make one with: openssl rand -base64 32"));
  }

  @Test
  void warnsOfAKeyFileThatOthersMayRead() throws Exception {
    config.backup("enabled = true");
    Path key = Files.writeString(config.path().resolveSibling("key"), "0".repeat(64));
    config.variable("TACVAULT_SECRET_KEY_FILE", key.toString());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    ConfigReview review = ConfigReview.of(config.load());

    assertThat(review.problems()).isEmpty();
    assertThat(review.warnings())
        .singleElement()
        .extracting(ConfigProblem::what)
        .isEqualTo("other users can read " + key + " (mode rw-r-----); run: chmod 600 " + key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(ConfigReview.of(config.load()).warnings()).isEmpty();
  }

  @Test
  void doesNotWarnAboutKeysThatEverySectionInherits() {
    config.file("[DEFAULT]\nowner = me\n[backup]\nenabled = true\n");

    assertThat(ConfigReview.of(config.load())).isEqualTo(new ConfigReview(List.of(), List.of()));
  }

  private static Line line(List<Line> lines, String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
  }

  private static EngineException failure(String key) {
    return catchThrowableOfType(EngineException.class, () -> ConfigView.explain(key));
  }
}
