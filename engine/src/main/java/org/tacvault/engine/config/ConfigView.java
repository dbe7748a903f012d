package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;

/** The configuration as it may be shown: secrets masked, each value with its origin and meaning. */
public final class ConfigView {
  private static final String OF_THE_SERVER =
      "A setting of the TACACS+ server; tacvault backs it up and does not use it.";

  private static final Map<String, String> USED_ELSEWHERE =
      Map.of(
          "server.instance_name",
              "What this server is called in archive names and at destinations.",
          "devices.database", "The database of the component devices.",
          "auth.local_auth_db", "The database of the component users; $VAR is expanded in it.",
          "database.accounting_db", "The database of the component accounting.",
          "database.metrics_history_db", "The database of the component metrics.",
          "database.audit_trail_db", "The database of the component audit.",
          "admin.username", "Who may log in to the console.",
          "admin.password_hash", "The bcrypt hash of that user's password.",
          "admin.session_timeout_minutes", "How long a login to the console lasts.");

  private ConfigView() {}

  /**
   * One value.
   *
   * @param name {@code section.key}
   * @param value masked where it is secret
   */
  public record Line(String name, String value, Origin origin, String explanation) {}

  /**
   * What a key is for.
   *
   * @param name {@code section.key}
   * @param defaultValue empty where there is none
   * @param allowed what may be written
   * @param variables the environment variables that stand for it
   */
  public record Explanation(
      String name,
      String defaultValue,
      String allowed,
      String explanation,
      List<String> variables) {}

  /** Every effective value, with the keys of {@code [backup]} that nobody has set. */
  public static List<Line> lines(TacacsConfig config) {
    List<Line> lines = new ArrayList<>();
    for (String section : config.sections()) {
      config.section(section).forEach(value -> lines.add(line(value)));
      if (section.equals(BackupKeys.SECTION)) {
        unset(config).forEach(key -> lines.add(line(key)));
      }
    }
    return lines;
  }

  /** The keys of {@code [backup]} that have an effect, in the order of the documentation. */
  public static List<Line> backupLines(TacacsConfig config) {
    return BackupKeys.all().stream()
        .filter(key -> key.support() == BackupKey.Support.USED)
        .map(
            key ->
                config
                    .value(BackupKeys.SECTION, key.name())
                    .map(ConfigView::line)
                    .orElseGet(() -> line(key)))
        .toList();
  }

  /**
   * Explains a key.
   *
   * @param name {@code section.key}, or the key alone for {@code [backup]}
   */
  public static Explanation explain(String name) {
    String full = name.contains(".") ? name : BackupKeys.SECTION + "." + name;
    int dot = full.indexOf('.');
    String section = full.substring(0, dot);
    String key = full.substring(dot + 1);
    Optional<BackupKey<?>> ours =
        section.equals(BackupKeys.SECTION) ? BackupKeys.find(key) : Optional.empty();
    return ours.map(ConfigView::explain).orElseGet(() -> explainOther(full, section, key));
  }

  private static Explanation explain(BackupKey<?> key) {
    boolean notYet = key.support() == BackupKey.Support.NOT_YET;
    return new Explanation(
        BackupKeys.SECTION + "." + key.name(),
        key.defaultValue(),
        notYet ? "nothing: not supported by this version" : key.allowed(),
        key.explanation(),
        key.variables());
  }

  private static Explanation explainOther(String name, String section, String key) {
    Optional<IniValue> known =
        Optional.ofNullable(ServerDefaults.sections().getOrDefault(section, Map.of()).get(key));
    if (known.isEmpty() && !USED_ELSEWHERE.containsKey(name)) {
      throw unknown(name);
    }
    return new Explanation(
        name,
        known.map(IniValue::text).orElse(""),
        "what the TACACS+ server allows",
        USED_ELSEWHERE.getOrDefault(name, OF_THE_SERVER),
        Variable.of(section, key).names());
  }

  private static EngineException unknown(String name) {
    TreeSet<String> names = new TreeSet<>(USED_ELSEWHERE.keySet());
    BackupKeys.all().forEach(key -> names.add(BackupKeys.SECTION + "." + key.name()));
    ServerDefaults.sections()
        .forEach(
            (section, values) -> values.keySet().forEach(key -> names.add(section + "." + key)));
    return new EngineException(ErrorKind.NOT_FOUND, "explain key", name, "no such key")
        .withHint(
            NearestName.of(name, names)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("'tacvault config show' lists all keys"));
  }

  private static List<BackupKey<?>> unset(TacacsConfig config) {
    return BackupKeys.all().stream()
        .filter(key -> key.support() == BackupKey.Support.USED)
        .filter(key -> config.value(BackupKeys.SECTION, key.name()).isEmpty())
        .toList();
  }

  private static Line line(ConfigValue value) {
    return new Line(
        value.name(),
        SecretKeys.masked(value.section(), value.key(), value.value()),
        value.origin(),
        meaning(value));
  }

  private static Line line(BackupKey<?> key) {
    return new Line(
        BackupKeys.SECTION + "." + key.name(),
        SecretKeys.masked(BackupKeys.SECTION, key.name(), key.defaultValue()),
        Origin.DEFAULT,
        key.explanation());
  }

  private static String meaning(ConfigValue value) {
    Optional<BackupKey<?>> ours =
        value.section().equals(BackupKeys.SECTION)
            ? BackupKeys.find(value.key())
            : Optional.empty();
    return ours.map(BackupKey::explanation)
        .orElseGet(() -> USED_ELSEWHERE.getOrDefault(value.name(), OF_THE_SERVER));
  }
}
