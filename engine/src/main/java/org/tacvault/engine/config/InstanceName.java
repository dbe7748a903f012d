package org.tacvault.engine.config;

import java.util.Optional;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.home.Instance;

/** Decides what a TACACS+ server is called. */
public final class InstanceName {
  private InstanceName() {}

  /**
   * {@code [server] instance_name}, else the variable {@code INSTANCE_NAME}, else the stored name,
   * else the id.
   *
   * @param stored {@code instance_name} of {@code system_metadata}
   * @param id {@code instance_} and eight hex digits
   */
  public static String choose(
      TacacsConfig config, Environment environment, Optional<String> stored, String id) {
    return configured(config)
        .or(() -> variable(environment))
        .or(() -> stored.filter(name -> !name.isBlank()).map(InstanceName::checkStored))
        .orElse(id);
  }

  /** The configured name, if one is set. */
  static Optional<String> configured(TacacsConfig config) {
    return config
        .value("server", "instance_name")
        .filter(value -> !value.value().isBlank())
        .map(value -> check(value.value(), value.origin().text() + ", [server] instance_name"));
  }

  private static Optional<String> variable(Environment environment) {
    return environment
        .nonEmpty("INSTANCE_NAME")
        .map(name -> check(name, "environment INSTANCE_NAME"));
  }

  private static String checkStored(String name) {
    return check(name, "instance_name in config_overrides.db");
  }

  private static String check(String name, String where) {
    if (!Instance.isValidName(name)) {
      throw new EngineException(
              ErrorKind.INVALID_CONFIG, "name instance", "'" + name + "'", "bad name from " + where)
          .withHint("an instance name takes 1 to 64 letters, digits, '_' and '-'");
    }
    return name;
  }
}
