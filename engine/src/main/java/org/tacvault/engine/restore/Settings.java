package org.tacvault.engine.restore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.config.IniFile;
import org.tacvault.engine.config.IniValue;
import org.tacvault.engine.config.SecretKeys;

/** Collects settings that change, masked before they are kept. */
final class Settings {
  private static final String DEFAULTS = "DEFAULT";

  private final CappedList<RestorePlan.Setting> changes = new CappedList<>();

  /** Compares what the files say themselves, without defaults and the environment. */
  void files(@Nullable IniFile now, IniFile after) {
    Map<String, Map<String, IniValue>> left = now == null ? Map.of() : sections(now);
    Map<String, Map<String, IniValue>> right = sections(after);
    Set<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    for (String section : names) {
      section(section, left.getOrDefault(section, Map.of()), right.getOrDefault(section, Map.of()));
    }
  }

  void compare(String section, String key, @Nullable String now, @Nullable String after) {
    if (!Objects.equals(now, after)) {
      changes.add(
          new RestorePlan.Setting(
              section, key, shown(section, key, now), shown(section, key, after)));
    }
  }

  Capped<RestorePlan.Setting> result() {
    return changes.capped();
  }

  private void section(String section, Map<String, IniValue> now, Map<String, IniValue> after) {
    Set<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      compare(section, key, text(now.get(key)), text(after.get(key)));
    }
  }

  private static Map<String, Map<String, IniValue>> sections(IniFile file) {
    Map<String, Map<String, IniValue>> sections = new LinkedHashMap<>(file.sections());
    if (!file.defaults().isEmpty()) {
      sections.put(DEFAULTS, file.defaults());
    }
    return sections;
  }

  private static @Nullable String text(@Nullable IniValue value) {
    return value == null ? null : value.text();
  }

  private static @Nullable String shown(String section, String key, @Nullable String value) {
    return value == null ? null : Shortened.of(SecretKeys.masked(section, key, value));
  }
}
