package org.tacvault.engine.backup;

import java.util.List;
import java.util.Optional;
import org.tacvault.engine.config.BackupConfig;
import org.tacvault.engine.config.TacacsConfig;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.home.Component;
import org.tacvault.engine.home.Home;
import org.tacvault.engine.home.Instance;
import org.tacvault.engine.source.FileSource;
import org.tacvault.engine.source.Members;
import org.tacvault.engine.source.Source;
import org.tacvault.engine.source.SqliteSource;

/**
 * One TACACS+ server as its configuration describes it.
 *
 * @param hasOverrides whether runtime overrides are in force
 */
public record ServerContext(
    Home home, TacacsConfig config, Instance instance, boolean hasOverrides) {
  /** The checked {@code [backup]} section; fails with all values that are not allowed. */
  public BackupConfig settings() {
    return BackupConfig.from(config);
  }

  /**
   * {@link #settings}, empty when a value is not allowed: for work that goes on all the same and
   * decides nothing about secrecy.
   */
  public Optional<BackupConfig> validSettings() {
    try {
      return Optional.of(settings());
    } catch (EngineException e) {
      return Optional.empty();
    }
  }

  /** Everything that a backup captures and a restore replaces, in the order of application. */
  public List<Source> sources() {
    return List.of(
        new FileSource(Component.CONFIG, Members.TACACS_CONF, home.configFile()),
        new SqliteSource(Component.CONFIG, Members.OVERRIDES, home.overridesDatabase()),
        new SqliteSource(Component.DEVICES, Members.DEVICES, config.devicesDatabase()),
        new SqliteSource(Component.USERS, Members.USERS, config.usersDatabase()),
        new SqliteSource(Component.ACCOUNTING, Members.ACCOUNTING, config.accountingDatabase()),
        new SqliteSource(Component.METRICS, Members.METRICS, config.metricsDatabase()),
        new SqliteSource(Component.AUDIT, Members.AUDIT, config.auditDatabase()));
  }
}
