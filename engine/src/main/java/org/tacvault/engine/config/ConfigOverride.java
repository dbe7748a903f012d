package org.tacvault.engine.config;

import org.jspecify.annotations.Nullable;

/**
 * An active row of {@code config_overrides}: a value that was set at run time and wins over the
 * file.
 *
 * @param value encoded after its type: text as it is, integers in decimal, booleans 1 or 0,
 *     anything else JSON
 * @param valueType string, integer, boolean, list, json (or str, int, bool); null means json
 * @param createdBy who set it
 */
public record ConfigOverride(
    String section, String key, String value, @Nullable String valueType, String createdBy) {
  /** An override by nobody in particular. */
  public ConfigOverride(String section, String key, String value, @Nullable String valueType) {
    this(section, key, value, valueType, "unknown");
  }

  @Override
  public String toString() {
    return "[" + section + "] " + key + " by " + createdBy;
  }
}
