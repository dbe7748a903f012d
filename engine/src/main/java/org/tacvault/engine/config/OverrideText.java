package org.tacvault.engine.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a stored override into the text that it stands for in the configuration, as the Python
 * server does. Two of its accidents are left out: an empty value stays empty (there it becomes the
 * word {@code None}), and an integer that is none stays as it is (there it becomes 0), so that it
 * is reported where it is used.
 */
final class OverrideText {
  private static final Set<String> TRUE = Set.of("1", "true", "yes");

  private OverrideText() {}

  static String of(ConfigOverride override) {
    String value = override.value();
    if (value.isEmpty()) {
      return "";
    }
    String type = override.valueType() == null ? "json" : override.valueType();
    return switch (type) {
      case "string", "str" -> value;
      case "integer", "int" -> integer(value);
      case "boolean", "bool" -> String.valueOf(TRUE.contains(value.toLowerCase(Locale.ROOT)));
      default -> json(value);
    };
  }

  private static String integer(String value) {
    try {
      return new BigInteger(PythonText.strip(value)).toString();
    } catch (NumberFormatException e) {
      return value;
    }
  }

  // Lists and objects stay as they were stored: the server wrote them in the form it would use
  // here.
  private static String json(String value) {
    try {
      JsonNode node = JsonMapper.shared().readTree(value);
      return node.isString() ? node.asString() : node.isNull() ? "" : value;
    } catch (JacksonException e) {
      return value;
    }
  }
}
