package org.tacvault.server.web;

/**
 * A setting of a destination as a form asks for it.
 *
 * @param name the key of the configuration
 * @param kind text, secret, long secret, number, flag or choices separated by {@code |}
 * @param initial what a new form shows
 */
public record DestinationField(
    String name, String label, String kind, boolean required, String initial, String help) {
  static final String SECRET = "secret";
  static final String LONG_SECRET = "long secret";
  static final String NUMBER = "number";
  static final String FLAG = "flag";
  static final String TEXT = "text";

  static DestinationField required(String name, String label, String help) {
    return new DestinationField(name, label, TEXT, true, "", help);
  }

  static DestinationField optional(String name, String label, String help) {
    return new DestinationField(name, label, TEXT, false, "", help);
  }

  DestinationField as(String newKind, String newInitial) {
    return new DestinationField(name, label, newKind, required, newInitial, help);
  }

  /** Whether it is never shown again. */
  public boolean isSecret() {
    return kind.equals(SECRET) || kind.equals(LONG_SECRET);
  }
}
