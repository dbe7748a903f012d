package org.tacvault.engine.config;

import java.util.Optional;
import org.tacvault.engine.secret.Secret;

/** Reads {@code [backup]}, gathering all problems; a bad value counts as its default meanwhile. */
final class BackupConfigReader {
  private final TacacsConfig config;
  private final Problems problems = new Problems();
  private final ServerCommandsReader commands;

  BackupConfigReader(TacacsConfig config) {
    this.config = config;
    this.commands = new ServerCommandsReader(config, problems);
  }

  BackupConfig read() {
    check().throwIfAny("read configuration", config.home().configFile());
    return build();
  }

  /** What is wrong, including combinations of values. */
  Problems check() {
    BackupKeys.all().forEach(this::check);
    checkEncryption();
    commands.check();
    return problems;
  }

  ServerCommands readCommands() {
    ServerCommandsReader.KEYS.forEach(this::check);
    commands.check();
    problems.throwIfAny("read configuration", config.home().configFile());
    return commands.build();
  }

  private BackupConfig build() {
    return new BackupConfig(
        get(BackupKeys.ENABLED),
        get(BackupKeys.CREATE_ON_STARTUP),
        config.home().resolve(get(BackupKeys.TEMP_DIRECTORY)),
        get(BackupKeys.ENCRYPTION_ENABLED),
        passphrase(),
        get(BackupKeys.ENCRYPTION_RECIPIENTS),
        get(BackupKeys.DEFAULT_RETENTION_STRATEGY),
        get(BackupKeys.DEFAULT_RETENTION_DAYS),
        get(BackupKeys.GFS_KEEP_DAILY),
        get(BackupKeys.GFS_KEEP_WEEKLY),
        get(BackupKeys.GFS_KEEP_MONTHLY),
        get(BackupKeys.GFS_KEEP_YEARLY),
        get(BackupKeys.COMPRESSION),
        get(BackupKeys.COMPRESSION_LEVEL),
        get(BackupKeys.SAFETY_BACKUP),
        get(BackupKeys.VERIFY_AFTER_UPLOAD),
        get(BackupKeys.EXPORT_SECRETS),
        get(BackupKeys.ALLOWED_ROOTS),
        get(BackupKeys.EMERGENCY_KEEP_DAYS),
        get(BackupKeys.EMERGENCY_KEEP_LAST),
        get(BackupKeys.BANDWIDTH_LIMIT),
        get(BackupKeys.UPLOAD_MAX_MEGABYTES),
        ScheduleConfig.from(config),
        commands.build());
  }

  private void check(BackupKey<?> key) {
    Optional<ConfigValue> value = config.value(BackupKeys.SECTION, key.name());
    if (value.isEmpty()) {
      return;
    }
    String text = value.get().value();
    if (key.support() == BackupKey.Support.NOT_YET && !value.get().inherited() && !text.isEmpty()) {
      problem(value.get(), name(key) + " is not supported by this version", "remove the key");
    }
    if (key.parse(text).isEmpty()) {
      String shown = SecretKeys.masked(BackupKeys.SECTION, key.name(), text);
      problem(value.get(), name(key) + " is '" + shown + "'", "allowed: " + key.allowed());
    }
  }

  private void checkEncryption() {
    boolean keyless = passphrase().isEmpty() && get(BackupKeys.ENCRYPTION_RECIPIENTS).isEmpty();
    if (get(BackupKeys.ENCRYPTION_ENABLED) && keyless && recipientsAreRead()) {
      problem(
          config.value(BackupKeys.SECTION, BackupKeys.ENCRYPTION_ENABLED.name()).orElseThrow(),
          "backups would not be encrypted: encryption_enabled is true, with neither a passphrase"
              + " nor recipients",
          "set the variable BACKUP_ENCRYPTION_PASSPHRASE, or encryption_recipients to age public"
              + " keys");
    }
  }

  private boolean recipientsAreRead() {
    return BackupKeys.ENCRYPTION_RECIPIENTS
        .parse(BackupKeys.ENCRYPTION_RECIPIENTS.textIn(config))
        .isPresent();
  }

  private Optional<Secret> passphrase() {
    return Optional.of(get(BackupKeys.ENCRYPTION_PASSPHRASE))
        .filter(text -> !text.isEmpty())
        .map(Secret::of);
  }

  private <T> T get(BackupKey<T> key) {
    return key.valueIn(config);
  }

  private void problem(ConfigValue value, String what, String allowed) {
    problems.add(value.origin().text(), what, allowed);
  }

  private static String name(BackupKey<?> key) {
    return "[" + BackupKeys.SECTION + "] " + key.name();
  }
}
