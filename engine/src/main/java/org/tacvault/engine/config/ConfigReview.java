package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacvault.engine.error.EngineException;

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

  /** Looks at {@code [backup]}, at the paths of the databases and at the instance's name. */
  public static ConfigReview of(TacacsConfig config) {
    List<ConfigProblem> problems = new ArrayList<>(new BackupConfigReader(config).check().list());
    problems.addAll(pathProblems(config));
    instanceProblem(config).ifPresent(problems::add);
    return new ConfigReview(problems, new BackupConfigWarnings(config).list());
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
