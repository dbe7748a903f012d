package org.tacvault.engine.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.tacvault.engine.home.Home;

/**
 * The effective configuration of one TACACS+ server, each value with its origin: file, else
 * environment, else default; secrets from the environment replace those of the file; runtime
 * overrides win over everything. The file is only ever read.
 */
public final class TacacsConfig {
  private static final String READ = "read configuration";

  private final Home home;
  private final Environment environment;
  private final boolean fileExists;
  private final Map<String, Map<String, ConfigValue>> sections;

  private TacacsConfig(
      Home home,
      Environment environment,
      boolean fileExists,
      Map<String, Map<String, ConfigValue>> sections) {
    this.home = home;
    this.environment = environment;
    this.fileExists = fileExists;
    this.sections = sections;
  }

  /** {@link #load(Home, Environment, List)} with the overrides of the home; only reads. */
  public static TacacsConfig load(Home home, Environment environment) {
    return load(home, environment, OverridesDatabase.read(home.overridesDatabase()).overrides());
  }

  /**
   * Reads the home's configuration file, if there is one, and merges it. A home whose {@code
   * configFile} lies elsewhere, such as in an unpacked archive, is read the same way.
   *
   * @param overrides the active rows of {@code config_overrides.db}
   * @throws InvalidConfigException with all lines of the file that cannot be read
   */
  public static TacacsConfig load(
      Home home, Environment environment, List<ConfigOverride> overrides) {
    Path file = home.configFile();
    // In doubt it is there, so that reading it says why it cannot be read.
    boolean fileExists = !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    ConfigMerge merge = new ConfigMerge();
    if (fileExists) {
      merge.file(file, IniFile.read(file));
    }
    merge.environment(environment);
    merge.defaults();
    merge.overrides(overrides);
    return new TacacsConfig(home, environment, fileExists, merge.result());
  }

  public Home home() {
    return home;
  }

  Environment environment() {
    return environment;
  }

  /** Whether the file was there; without it the environment and the defaults speak alone. */
  public boolean fileExists() {
    return fileExists;
  }

  /** Names of the sections: those of the file in its order, then those that other layers add. */
  public Set<String> sections() {
    return sections.keySet();
  }

  /** The effective values of a section, inherited ones first; empty if there is no such section. */
  public Collection<ConfigValue> section(String section) {
    return sections.getOrDefault(section, Map.of()).values();
  }

  /** Every effective value, in the order in which the Python server exports them. */
  public List<ConfigValue> values() {
    return sections.values().stream().flatMap(values -> values.values().stream()).toList();
  }

  /** One effective value; empty when neither the server nor a layer knows the key. */
  public Optional<ConfigValue> value(String section, String key) {
    return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key));
  }

  /** {@code [devices] database}. */
  public Path devicesDatabase() {
    return path("devices", "database", UnaryOperator.identity());
  }

  /** {@code [auth] local_auth_db}, the only path in which variables are expanded. */
  public Path usersDatabase() {
    return path("auth", "local_auth_db", text -> VariableExpansion.expand(text, environment));
  }

  /** {@code [database] accounting_db}. */
  public Path accountingDatabase() {
    return path("database", "accounting_db", UnaryOperator.identity());
  }

  /** {@code [database] metrics_history_db}. */
  public Path metricsDatabase() {
    return path("database", "metrics_history_db", UnaryOperator.identity());
  }

  /** {@code [database] audit_trail_db}. */
  public Path auditDatabase() {
    return path("database", "audit_trail_db", UnaryOperator.identity());
  }

  /** Where the default local destination lies: {@code TACACS_BACKUP_ROOT}, else in the home. */
  public Path defaultBackups() {
    return environment.nonEmpty("TACACS_BACKUP_ROOT").map(this::root).orElse(home.defaultBackups());
  }

  private Path root(String text) {
    Path root = resolve("environment TACACS_BACKUP_ROOT", "TACACS_BACKUP_ROOT", text);
    if (!Path.of(text).isAbsolute()) {
      throw invalid("environment TACACS_BACKUP_ROOT", "TACACS_BACKUP_ROOT is a relative path");
    }
    return root;
  }

  private Path path(String section, String key, UnaryOperator<String> expansion) {
    ConfigValue value = value(section, key).orElseThrow();
    return resolve(
        value.origin().text(), "[" + section + "] " + key, expansion.apply(value.value()));
  }

  private Path resolve(String where, String what, String text) {
    if (text.isBlank()) {
      throw invalid(where, what + " is empty");
    }
    try {
      return home.resolve(text);
    } catch (InvalidPathException e) {
      throw invalid(where, what + " is not a path");
    }
  }

  private InvalidConfigException invalid(String where, String what) {
    return new InvalidConfigException(
        READ,
        home.configFile(),
        List.of(new ConfigProblem(where, what, "give a path; relative ones start at the home")));
  }
}
