package org.tacvault.engine.config;

/**
 * One effective value. Its text does not show the value, which may be secret: for showing there is
 * {@link ConfigView}.
 *
 * @param key lower case
 * @param inherited whether it stands in {@code [DEFAULT]} and not in the section itself
 */
public record ConfigValue(
    String section, String key, String value, Origin origin, boolean inherited) {
  /** {@code section.key}. */
  public String name() {
    return section + "." + key;
  }

  @Override
  public String toString() {
    return name() + " from " + origin.text();
  }
}
