package org.tacvault.engine.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables, handed in by whoever starts the engine.
 *
 * @param variables by name; names are case-sensitive
 */
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The variables of this process; nothing else in the engine reads them. */
  public static Environment system() {
    return new Environment(System.getenv());
  }

  public static Environment of(Map<String, String> variables) {
    return new Environment(variables);
  }

  /** The value as it is, which may be empty. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** The value unless it is empty: {@code X=} in a container file means that X is not set. */
  public Optional<String> nonEmpty(String name) {
    return get(name).filter(value -> !value.isEmpty());
  }

  /** The variables that hold secrets, told by their names as with {@link SecretKeys}. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>(variables);
    secrets.keySet().removeIf(name -> !Variable.isSecret(name));
    return secrets;
  }

  /** The variables that may be handed on to other programs. */
  public Environment withoutSecrets() {
    Map<String, String> open = new HashMap<>(variables);
    open.keySet().removeIf(Variable::isSecret);
    return new Environment(open);
  }

  /** Only the number: values may be secret. */
  @Override
  public String toString() {
    return "Environment[" + variables.size() + " variables]";
  }
}
