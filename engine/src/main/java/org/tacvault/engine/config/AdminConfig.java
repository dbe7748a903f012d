package org.tacvault.engine.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checked {@code [admin]} section: who may administer the server.
 *
 * @param username not blank
 * @param passwordHash bcrypt, with one of the prefixes {@code $2a$ $2b$ $2y$}; empty when none is
 *     configured
 * @param passwordOrigin where the hash comes from, for a person; empty without one
 * @param sessionTimeout one minute to a year
 */
public record AdminConfig(
    String username,
    Optional<String> passwordHash,
    Optional<String> passwordOrigin,
    Duration sessionTimeout) {
  private static final String SECTION = "admin";
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");
  private static final int MINUTES_OF_A_YEAR = 365 * 24 * 60;

  /** What is assumed when the configuration cannot be read. */
  public static final AdminConfig DEFAULT =
      new AdminConfig("admin", Optional.empty(), Optional.empty(), Duration.ofMinutes(60));

  /**
   * Reads and checks {@code [admin]}.
   *
   * @throws InvalidConfigException with every value that is not allowed
   */
  public static AdminConfig from(TacacsConfig config) {
    Problems problems = new Problems();
    String username = text(config, "username");
    if (username.isEmpty()) {
      problem(problems, config, "username", "is empty", "a name, such as admin");
    }
    String hash = text(config, "password_hash");
    if (!hash.isEmpty() && !BCRYPT.matcher(hash).matches()) {
      problem(
          problems,
          config,
          "password_hash",
          "is not a bcrypt hash",
          "a hash that begins with $2a$, $2b$ or $2y$; 'tacvault admin hash-password' makes one");
    }
    ValueType<Integer> minutes = ValueType.number(1, MINUTES_OF_A_YEAR);
    Optional<Integer> timeout = minutes.parser().apply(text(config, "session_timeout_minutes"));
    if (timeout.isEmpty()) {
      String shown = "is '" + text(config, "session_timeout_minutes") + "'";
      problem(problems, config, "session_timeout_minutes", shown, minutes.allowed());
    }
    problems.throwIfAny("read configuration", config.home().configFile());
    return new AdminConfig(
        username,
        Optional.of(hash).filter(text -> !text.isEmpty()),
        Optional.of(origin(config, "password_hash")).filter(text -> !hash.isEmpty()),
        Duration.ofMinutes(timeout.orElseThrow()));
  }

  /** Without the hash, which is as good as a secret. */
  @Override
  public String toString() {
    return "AdminConfig[" + username + ", " + sessionTimeout + "]";
  }

  private static void problem(
      Problems problems, TacacsConfig config, String key, String what, String allowed) {
    problems.add(
        origin(config, key), "[" + SECTION + "] " + key + " " + what, "allowed: " + allowed);
  }

  private static String text(TacacsConfig config, String key) {
    return config.value(SECTION, key).map(ConfigValue::value).map(PythonText::strip).orElse("");
  }

  private static String origin(TacacsConfig config, String key) {
    return config
        .value(SECTION, key)
        .map(value -> value.origin().text())
        .orElse(config.home().configFile().toString());
  }
}
