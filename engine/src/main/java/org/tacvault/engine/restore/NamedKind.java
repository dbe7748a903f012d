package org.tacvault.engine.restore;

import java.util.Locale;

/** What a plan tells by name. */
public enum NamedKind {
  USER("user", "users"),
  USER_GROUP("user group", "user groups"),
  DEVICE("device", "devices"),
  DEVICE_GROUP("device group", "device groups"),
  REALM("realm", "realms"),
  PROXY("proxy", "proxies");

  private final String singular;
  private final String plural;

  NamedKind(String singular, String plural) {
    this.singular = singular;
    this.plural = plural;
  }

  /** For machines: {@code device_group}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String singular() {
    return singular;
  }

  public String plural() {
    return plural;
  }
}
