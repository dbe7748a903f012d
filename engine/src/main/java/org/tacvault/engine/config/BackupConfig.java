package org.tacvault.engine.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.secret.Secret;

/**
 * The checked {@code [backup]} section; {@link BackupKeys} says what each value does.
 *
 * @param tempDirectory absolute
 * @param encryptionRecipients age public keys; when there are any, archives are encrypted to them
 *     and the passphrase only opens older ones
 * @param allowedRoots absolute; empty allows any place
 * @param bandwidthLimit bytes per second; 0 means no limit
 */
public record BackupConfig(
    boolean enabled,
    boolean createOnStartup,
    Path tempDirectory,
    boolean encryptionEnabled,
    Optional<Secret> encryptionPassphrase,
    List<String> encryptionRecipients,
    RetentionStrategy defaultRetentionStrategy,
    int defaultRetentionDays,
    int gfsKeepDaily,
    int gfsKeepWeekly,
    int gfsKeepMonthly,
    int gfsKeepYearly,
    Compression compression,
    int compressionLevel,
    SafetyBackup safetyBackup,
    boolean verifyAfterUpload,
    boolean exportSecrets,
    List<Path> allowedRoots,
    int emergencyKeepDays,
    int emergencyKeepLast,
    long bandwidthLimit,
    int uploadMaxMegabytes,
    ScheduleConfig schedule,
    ServerCommands serverCommands) {

  /** How archives are compressed. */
  public enum Compression {
    GZIP,
    ZSTD
  }

  /** Which rule decides what is kept. */
  public enum RetentionStrategy {
    SIMPLE,
    GFS,
    HANOI
  }

  /** What a failed emergency backup means for the restore that asked for it. */
  public enum SafetyBackup {
    /** The restore stops. */
    REQUIRED,
    /** The restore goes on and says so. */
    BEST_EFFORT
  }

  public BackupConfig {
    encryptionRecipients = List.copyOf(encryptionRecipients);
    allowedRoots = List.copyOf(allowedRoots);
    if (encryptionEnabled && encryptionPassphrase.isEmpty() && encryptionRecipients.isEmpty()) {
      throw new EngineException(
          ErrorKind.INVALID_CONFIG, "configure encryption", "[backup]", "no passphrase and no key");
    }
  }

  /**
   * Reads and checks {@code [backup]}.
   *
   * @throws InvalidConfigException with every value that is not allowed
   */
  public static BackupConfig from(TacacsConfig config) {
    return new BackupConfigReader(config).read();
  }
}
