package org.tacvault.server.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.Secret;
import org.tacvault.server.error.Violation;
import org.tacvault.server.error.ViolationException;

/**
 * A destination as a form sends it; the fields of its type are named {@code config.…}.
 *
 * @param sent all parameters of the request
 */
record DestinationForm(String type, Map<String, String> sent) {
  private static final String CONFIG = "config.";

  public String value(String field) {
    return sent.getOrDefault(CONFIG + field, "");
  }

  /** The name that was typed. */
  public String name() {
    return sent.getOrDefault("name", "").strip();
  }

  /**
   * The configuration that was typed; what is empty is left out.
   *
   * @param stored as it is now, masked; an empty secret keeps the one that is stored
   */
  Map<String, Object> config(@Nullable Map<String, Object> stored) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (DestinationField field : DestinationFields.of(type)) {
      String text = value(field.name());
      if (field.kind().equals(DestinationField.FLAG)) {
        config.put(field.name(), text.equals("true"));
      } else if (!text.isBlank()) {
        config.put(field.name(), typed(field, text));
      } else if (field.isSecret() && stored != null && stored.containsKey(field.name())) {
        config.put(field.name(), Secret.MASK);
      }
    }
    return config;
  }

  private static Object typed(DestinationField field, String text) {
    if (!field.kind().equals(DestinationField.NUMBER)) {
      return field.isSecret() ? text : text.strip();
    }
    if (!text.strip().matches("[0-9]{1,5}")) {
      throw new ViolationException(
          Violation.invalid("body", field.name(), "a whole number is needed", text));
    }
    return Integer.valueOf(text.strip());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "DestinationForm[" + type + "]";
  }
}
