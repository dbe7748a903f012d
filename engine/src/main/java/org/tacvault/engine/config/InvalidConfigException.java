package org.tacvault.engine.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class InvalidConfigException extends EngineException {
  private static final long serialVersionUID = 1L;
  private final transient List<ConfigProblem> problems;

  InvalidConfigException(String operation, Object subject, List<ConfigProblem> problems) {
    super(ErrorKind.INVALID_CONFIG, operation, subject, reason(problems));
    this.problems = List.copyOf(problems);
  }

  /** All of them, in the order of the file or of the documentation. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  @Override
  public Optional<String> hint() {
    return Optional.of("'tacvault config validate' lists all problems; correct them and try again");
  }

  private static String reason(List<ConfigProblem> problems) {
    if (problems.size() == 1) {
      return problems.get(0).text();
    }
    return problems.stream()
        .map(problem -> "\n  - " + problem.text())
        .collect(Collectors.joining("", problems.size() + " problems:", ""));
  }
}
