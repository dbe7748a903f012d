package org.tacvault.engine.config;

import java.util.List;

/** What stands in {@code [backup]} and in sections like it without having an effect. */
final class BackupConfigWarnings {
  private final TacacsConfig config;
  private final Problems warnings = new Problems();

  BackupConfigWarnings(TacacsConfig config) {
    this.config = config;
  }

  List<ConfigProblem> list() {
    config.section(BackupKeys.SECTION).stream()
        .filter(value -> !value.inherited() && BackupKeys.find(value.key()).isEmpty())
        .forEach(this::unknownKey);
    config.sections().stream()
        .filter(section -> section.startsWith(BackupKeys.SECTION + "."))
        .forEach(this::unknownSection);
    idlePassphrase();
    new ServerCommandsWarnings(config, warnings).check();
    return warnings.list();
  }

  private void unknownKey(ConfigValue value) {
    List<String> known = BackupKeys.all().stream().map(BackupKey::name).toList();
    warnings.add(
        value.origin().text(),
        "[backup] " + value.key() + " is not a known key and has no effect",
        NearestName.of(value.key(), known)
            .map(name -> "did you mean " + name + "?")
            .orElse("'tacvault config show' lists the keys"));
  }

  private void unknownSection(String section) {
    warnings.add(
        config.section(section).stream()
            .filter(value -> !value.inherited())
            .findFirst()
            .map(value -> value.origin().text())
            .orElse(config.home().configFile().toString()),
        "section [" + section + "] has no effect",
        "destinations and schedules are kept in the catalog, not in this file");
  }

  private void idlePassphrase() {
    boolean recipients = isSet(BackupKeys.ENCRYPTION_RECIPIENTS);
    if (recipients && isSet(BackupKeys.ENCRYPTION_PASSPHRASE)) {
      warnings.add(
          config
              .value(BackupKeys.SECTION, BackupKeys.ENCRYPTION_PASSPHRASE.name())
              .orElseThrow()
              .origin()
              .text(),
          "archives are encrypted to encryption_recipients; encryption_passphrase does not open them",
          "keep it only to open older archives");
    }
  }

  private boolean isSet(BackupKey<?> key) {
    return config
        .value(BackupKeys.SECTION, key.name())
        .filter(value -> !value.value().isEmpty())
        .isPresent();
  }
}
