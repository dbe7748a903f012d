package org.tacvault.engine.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lays file, environment, defaults and overrides over each other in the order of the Python server:
 * a layer fills what earlier ones left open, except that secrets from the environment and overrides
 * replace.
 */
final class ConfigMerge {
  /** Keys without a default whose variables count all the same. */
  private static final List<String> WITHOUT_DEFAULT =
      List.of(
          "server.instance_name",
          "command_authorization.response_mode",
          "okta.verify_tls",
          "okta.timeout",
          "okta.default_okta_group");

  private final Map<String, Map<String, ConfigValue>> sections = new LinkedHashMap<>();
  private final Map<String, ConfigValue> inherited = new LinkedHashMap<>();

  void file(Path path, IniFile file) {
    file.defaults().forEach((key, value) -> inherit(key, value.text(), at(path, value)));
    file.sections()
        .forEach(
            (section, values) -> {
              own(section);
              values.forEach((key, value) -> set(section, key, value.text(), at(path, value)));
            });
  }

  void environment(Environment environment) {
    environmentKeys().forEach(name -> environment(environment, name));
    if (!inherited.containsKey("source_url")) {
      environment
          .get("TACACS_SOURCE_URL")
          .ifPresent(url -> inherit("source_url", url, Origin.environment("TACACS_SOURCE_URL")));
    }
  }

  void defaults() {
    ServerDefaults.sections()
        .forEach(
            (section, values) -> {
              own(section);
              values.forEach((key, value) -> fill(section, key, value.text(), Origin.DEFAULT));
            });
  }

  /** As in the Python server, {@code [DEFAULT]} cannot be overridden; such a row has no effect. */
  void overrides(List<ConfigOverride> overrides) {
    overrides.stream()
        .filter(override -> !override.section().equals(IniParser.DEFAULT_SECTION))
        .forEach(
            override ->
                set(
                    override.section(),
                    override.key().toLowerCase(Locale.ROOT),
                    OverrideText.of(override),
                    Origin.override(override.createdBy())));
  }

  /** Effective values by section and key, inherited keys first in each section. */
  Map<String, Map<String, ConfigValue>> result() {
    Map<String, Map<String, ConfigValue>> result = new LinkedHashMap<>();
    sections.forEach(
        (section, own) -> {
          Map<String, ConfigValue> values = new LinkedHashMap<>();
          inherited.forEach(
              (key, value) ->
                  values.put(
                      key, new ConfigValue(section, key, value.value(), value.origin(), true)));
          values.putAll(own);
          result.put(section, values);
        });
    return result;
  }

  private static Set<String> environmentKeys() {
    Set<String> names = new TreeSet<>(WITHOUT_DEFAULT);
    names.addAll(Variable.named());
    ServerDefaults.sections()
        .forEach(
            (section, values) -> values.keySet().forEach(key -> names.add(section + "." + key)));
    BackupKeys.all().forEach(key -> names.add(BackupKeys.SECTION + "." + key.name()));
    return names;
  }

  private void environment(Environment environment, String name) {
    int dot = name.indexOf('.');
    String section = name.substring(0, dot);
    String key = name.substring(dot + 1);
    Variable variable = Variable.of(section, key);
    variable
        .setIn(environment)
        .ifPresent(
            found -> {
              String value = environment.get(found).orElseThrow();
              if (variable.replaces()) {
                set(section, key, value, Origin.environment(found));
              } else {
                fill(section, key, value, Origin.environment(found));
              }
            });
  }

  private void fill(String section, String key, String value, Origin origin) {
    boolean absent = !own(section).containsKey(key) && !inherited.containsKey(key);
    if (absent) {
      set(section, key, value, origin);
    }
  }

  private void set(String section, String key, String value, Origin origin) {
    own(section).put(key, new ConfigValue(section, key, value, origin, false));
  }

  private void inherit(String key, String value, Origin origin) {
    inherited.put(key, new ConfigValue(IniParser.DEFAULT_SECTION, key, value, origin, true));
  }

  private Map<String, ConfigValue> own(String section) {
    return sections.computeIfAbsent(section, any -> new LinkedHashMap<>());
  }

  private static Origin at(Path path, IniValue value) {
    return Origin.file(path, value.line());
  }
}
