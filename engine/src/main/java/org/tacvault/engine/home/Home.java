package org.tacvault.engine.home;

import java.nio.file.Path;

/**
 * The directory of one TACACS+ server and the fixed places in it; configured paths are in {@code
 * TacacsConfig}.
 *
 * @param root absolute, normalised
 * @param configFile absolute; usually {@code config/tacacs.conf} below the root, may lie elsewhere
 */
public record Home(Path root, Path configFile) {
  /** Where the configuration lies when nobody says otherwise. */
  public static final String DEFAULT_CONFIG = "config/tacacs.conf";

  public Home {
    root = root.toAbsolutePath().normalize();
    configFile = root.resolve(configFile).normalize();
  }

  /** The home at {@code root} with its configuration at the usual place. */
  public static Home at(Path root) {
    return new Home(root, Path.of(DEFAULT_CONFIG));
  }

  /** Databases and our own state lie here. */
  public Path data() {
    return root.resolve("data");
  }

  /** The Python server's runtime overrides, history and metadata; not configurable. */
  public Path overridesDatabase() {
    return data().resolve("config_overrides.db");
  }

  /** Executions and destinations; shared with the Python server's backup. */
  public Path catalogDatabase() {
    return data().resolve("backup_executions.db");
  }

  /** Stored schedules. */
  public Path jobsDatabase() {
    return data().resolve("backup_jobs.db");
  }

  /** What the Python server keeps about its jobs; read once. */
  public Path pythonJobs() {
    return data().resolve("backup_jobs_meta.json");
  }

  /** Locks of running backups and restores; also tells other processes who holds them. */
  public Path locks() {
    return data().resolve("backup_locks");
  }

  /** Exists while a restore is being applied; see {@code RestoreJournal}. */
  public Path restoreJournal() {
    return data().resolve("restore-journal");
  }

  /** The default destination when {@code TACACS_BACKUP_ROOT} is not set. */
  public Path defaultBackups() {
    return data().resolve("backups");
  }

  /** {@code path} against the root; absolute paths stay as they are. */
  public Path resolve(String path) {
    return root.resolve(path).normalize();
  }

  /** Whether {@code path} lies inside this home. */
  public boolean contains(Path path) {
    return path.toAbsolutePath().normalize().startsWith(root);
  }
}
