package org.tacvault.engine.config;

import static org.tacvault.engine.config.BackupKey.Support.NOT_YET;
import static org.tacvault.engine.config.BackupKey.Support.USED;
import static org.tacvault.engine.config.BackupKey.Support.WITHOUT_EFFECT;

import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.config.BackupConfig.Compression;
import org.tacvault.engine.config.BackupConfig.RetentionStrategy;
import org.tacvault.engine.config.BackupConfig.SafetyBackup;

/**
 * The table of all keys of {@code [backup]}; reading, {@code tacvault config} and the documentation
 * go by it.
 */
public final class BackupKeys {
  /** Where the keys stand. */
  public static final String SECTION = "backup";

  private static final int MANY = 1_000_000;
  private static final int TEN_YEARS = 3650;
  private static final List<BackupKey<?>> ALL = new ArrayList<>();

  static final BackupKey<Boolean> ENABLED =
      used("enabled", "true", ValueType.flag(), "Whether backups run; restores always do.");
  static final BackupKey<Boolean> CREATE_ON_STARTUP =
      used(
          "create_on_startup",
          "false",
          ValueType.flag(),
          "Whether the service makes a backup when it starts.");
  static final BackupKey<String> TEMP_DIRECTORY =
      used(
          "temp_directory",
          "data/backup_temp",
          ValueType.directory(),
          "Where snapshots and archives lie while they are made; needs room for both.");
  static final BackupKey<Boolean> ENCRYPTION_ENABLED =
      used(
          "encryption_enabled",
          "false",
          ValueType.flag(),
          "Whether archives are encrypted, to the recipients or else with the passphrase.");
  static final BackupKey<String> ENCRYPTION_PASSPHRASE =
      used(
          "encryption_passphrase",
          "",
          ValueType.text(),
          "Encrypts archives and opens them again; better kept in the environment than in the file.");
  static final BackupKey<List<String>> ENCRYPTION_RECIPIENTS =
      used(
          "encryption_recipients",
          "",
          ValueType.recipients(),
          "Public keys that archives are encrypted to; only their owners can open them.");
  static final BackupKey<RetentionStrategy> DEFAULT_RETENTION_STRATEGY =
      used(
          "default_retention_strategy",
          "simple",
          ValueType.oneOf(RetentionStrategy.class),
          "Which backups a destination without a rule of its own keeps.");
  static final BackupKey<Integer> DEFAULT_RETENTION_DAYS =
      used(
          "default_retention_days",
          "30",
          ValueType.number(1, TEN_YEARS),
          "How many days the strategy simple keeps a backup.");
  static final BackupKey<Integer> GFS_KEEP_DAILY =
      used(
          "gfs_keep_daily",
          "7",
          ValueType.number(1, TEN_YEARS),
          "How many days back the strategy gfs keeps every backup.");
  static final BackupKey<Integer> GFS_KEEP_WEEKLY =
      used(
          "gfs_keep_weekly",
          "4",
          ValueType.number(1, 520),
          "How many weeks back the strategy gfs keeps one backup a week.");
  static final BackupKey<Integer> GFS_KEEP_MONTHLY =
      used(
          "gfs_keep_monthly",
          "12",
          ValueType.number(1, 120),
          "How many months back the strategy gfs keeps one backup a month.");
  static final BackupKey<Integer> GFS_KEEP_YEARLY =
      used(
          "gfs_keep_yearly",
          "3",
          ValueType.number(0, 100),
          "How many years back the strategy gfs keeps one backup a year.");
  static final BackupKey<Compression> COMPRESSION =
      used(
          "compression",
          "gzip",
          ValueType.oneOf(Compression.class),
          "How archives are compressed: gzip opens everywhere, zstd is faster and smaller.");
  static final BackupKey<Integer> COMPRESSION_LEVEL =
      used(
          "compression_level",
          "6",
          ValueType.number(1, 9),
          "How hard to compress: 1 is fastest, 9 smallest.");
  static final BackupKey<SafetyBackup> SAFETY_BACKUP =
      used(
          "safety_backup",
          "required",
          ValueType.oneOf(SafetyBackup.class),
          "Whether a restore stops when the backup of what it replaces fails.");
  static final BackupKey<Boolean> VERIFY_AFTER_UPLOAD =
      used(
          "verify_after_upload",
          "true",
          ValueType.flag(),
          "Whether an archive is read back and compared before its backup counts as completed.");
  static final BackupKey<Boolean> EXPORT_SECRETS =
      used(
          "export_secrets",
          "false",
          ValueType.flag(),
          "Whether the merged configuration in an archive holds secrets in clear.");
  static final BackupKey<List<Path>> ALLOWED_ROOTS =
      used(
          "allowed_roots",
          "",
          ValueType.absolutePaths(),
          "Directories below which local destinations may lie; none means anywhere.");
  static final BackupKey<Integer> EMERGENCY_KEEP_DAYS =
      used(
          "emergency_keep_days",
          "7",
          ValueType.number(1, TEN_YEARS),
          "How many days the safety copies of restores are kept.");
  static final BackupKey<Integer> EMERGENCY_KEEP_LAST =
      used(
          "emergency_keep_last",
          "3",
          ValueType.number(1, MANY),
          "How many of the newest safety copies are kept at any age.");
  static final BackupKey<Long> BANDWIDTH_LIMIT =
      used(
          "bandwidth_limit",
          "0",
          ValueType.rate(),
          "How many bytes per second go to and from all destinations together.");
  static final BackupKey<Integer> UPLOAD_MAX_MEGABYTES =
      used(
          "upload_max_megabytes",
          "10240",
          ValueType.number(1, MANY),
          "How large an archive may be that is uploaded to the service; read when it starts.");
  static final BackupKey<Boolean> SCHEDULE_CATCH_UP =
      used(
          "schedule_catch_up",
          "true",
          ValueType.flag(),
          "Whether a job that was due while the service was down runs once when it starts.");
  static final BackupKey<Integer> SCHEDULE_RETRIES =
      used(
          "schedule_retries",
          "3",
          ValueType.number(0, 20),
          "How often a failed run of a job is tried again, after 30, 60, 120 seconds and so on.");
  static final BackupKey<Optional<LocalTime>> RETENTION_TIME =
      used(
          "retention_time",
          "04:00",
          ValueType.timeOfDay(),
          "When the service applies the retention of all enabled destinations, every day.");
  static final BackupKey<Integer> SHUTDOWN_TIMEOUT =
      used(
          "shutdown_timeout",
          "30",
          ValueType.number(0, 3600),
          "How many seconds a stopping service lets running backups go on before it cancels them.");
  static final BackupKey<String> STOP_COMMAND =
      command("stop_command", "Stops the TACACS+ server before a restore changes anything.");
  static final BackupKey<String> START_COMMAND =
      command("start_command", "Starts the TACACS+ server when a restore is in place.");
  static final BackupKey<String> RELOAD_COMMAND =
      command(
          "reload_command",
          "Without `start_command`: tells the TACACS+ server to read its data again.");
  static final BackupKey<String> HEALTH_COMMAND =
      command(
          "health_command",
          "Exits with 0 when the TACACS+ server is well; else the restore is taken back.");
  static final BackupKey<Integer> COMMAND_TIMEOUT =
      used(
          "command_timeout",
          "60",
          ValueType.number(1, 3600),
          "How many seconds each of these commands may take.");
  static final BackupKey<Boolean> COMMAND_SHELL =
      used(
          "command_shell",
          "false",
          ValueType.flag(),
          "Whether these commands are scripts for `/bin/sh` instead of a program with words.");

  static final BackupKey<Integer> AUDIT_KEEP_DAYS =
      used(
          "audit_keep_days",
          "365",
          ValueType.number(1, TEN_YEARS),
          "How many days the audit log keeps what was done with the service.");

  static {
    notYet("database_url", "Keeps the catalog of a fleet in PostgreSQL.");
    withoutEffect("use_managed_identity", "false");
    withoutEffect("endpoint_suffix", "core.windows.net");
    withoutEffect("container_name", "");
    withoutEffect("base_path", "");
    withoutEffect("connection_string", "");
    withoutEffect("account_name", "");
    withoutEffect("account_key", "");
    withoutEffect("sas_token", "");
  }

  private BackupKeys() {}

  /** All keys, in the order of the documentation. */
  public static List<BackupKey<?>> all() {
    return List.copyOf(ALL);
  }

  /** The key of that name, if there is one. */
  public static Optional<BackupKey<?>> find(String name) {
    return all().stream().filter(key -> key.name().equals(name)).findFirst();
  }

  private static <T> BackupKey<T> used(
      String name, String defaultValue, ValueType<T> type, String explanation) {
    return add(new BackupKey<>(name, defaultValue, type, USED, explanation));
  }

  private static BackupKey<String> command(String name, String explanation) {
    return used(name, "", ValueType.command(), explanation);
  }

  private static void notYet(String name, String explanation) {
    add(new BackupKey<>(name, "", ValueType.text(), NOT_YET, explanation));
  }

  private static void withoutEffect(String name, String defaultValue) {
    String explanation = "Has no effect: each destination carries its own settings.";
    add(new BackupKey<>(name, defaultValue, ValueType.text(), WITHOUT_EFFECT, explanation));
  }

  private static <T> BackupKey<T> add(BackupKey<T> key) {
    ALL.add(key);
    return key;
  }
}
