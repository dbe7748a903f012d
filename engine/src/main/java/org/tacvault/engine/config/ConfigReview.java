package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.secret.SecretStore;

/**
 * What is wrong with a configuration that could be read, and what is doubtful; nothing is thrown.
 *
 * @param problems what would stop a backup
 * @param warnings what has no effect, or not the one that somebody may expect
 */
public record ConfigReview(List<ConfigProblem> problems, List<ConfigProblem> warnings) {
  public ConfigReview {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Looks at {@code [backup]}, at the paths of the databases, at the instance's name and at the key
   * of the destinations' secrets.
   */
  public static ConfigReview of(TacacsConfig config) {
    List<ConfigProblem> problems = new ArrayList<>(new BackupConfigReader(config).check().list());
    problems.addAll(pathProblems(config));
    instanceProblem(config).ifPresent(problems::add);
    SecretStore keys = new SecretStore(config.home().secretKey(), config.environment().variables());
    secretKeyProblem(keys).ifPresent(problems::add);
    List<ConfigProblem> warnings = new ArrayList<>(new BackupConfigWarnings(config).list());
    keys.exposures().forEach(text -> warnings.add(exposure(keys, text)));
    return new ConfigReview(problems, warnings);
  }

  private static List<ConfigProblem> pathProblems(TacacsConfig config) {
    List<Supplier<?>> paths =
        List.of(
            config::devicesDatabase,
            config::usersDatabase,
            config::accountingDatabase,
            config::metricsDatabase,
            config::auditDatabase,
            config::defaultBackups);
    return paths.stream().flatMap(path -> problemsOf(path).stream()).toList();
  }

  private static List<ConfigProblem> problemsOf(Supplier<?> value) {
    try {
      value.get();
      return List.of();
    } catch (InvalidConfigException e) {
      return e.problems();
    }
  }

  private static Optional<ConfigProblem> secretKeyProblem(SecretStore keys) {
    try {
      keys.activeKeyId();
      return Optional.empty();
    } catch (EngineException e) {
      return Optional.of(
          new ConfigProblem(
              keys.keyPlace(),
              "the key of the destinations' secrets cannot be used: " + e.reason(),
              e.hint().orElse("see docs/configuration.md")));
    }
  }

  private static ConfigProblem exposure(SecretStore keys, String text) {
    return new ConfigProblem(keys.keyPlace(), text, "it opens the destinations' secrets");
  }

  private static Optional<ConfigProblem> instanceProblem(TacacsConfig config) {
    try {
      InstanceName.configured(config);
      return Optional.empty();
    } catch (EngineException e) {
      String where = config.value("server", "instance_name").orElseThrow().origin().text();
      return Optional.of(
          new ConfigProblem(
              where, "[server] instance_name is " + e.subject(), e.hint().orElseThrow()));
    }
  }
}
