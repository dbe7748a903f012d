package org.tacvault.engine.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import org.tacvault.engine.error.Printable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object, read field by field. What is absent or of the wrong type is told with its path
 * ({@code contents[2].size_bytes}); a null counts as absent; fields that nobody asks for do not
 * matter.
 */
final class JsonFields {
  private final JsonNode node;
  private final String path;

  JsonFields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
    if (!node.isObject()) {
      throw fault(path.isEmpty() ? "the document" : path, "must be an object");
    }
  }

  JsonFields object(String name) {
    return new JsonFields(required(name), pathOf(name));
  }

  List<JsonFields> objects(String name) {
    JsonNode array = array(name, required(name));
    List<JsonFields> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      objects.add(new JsonFields(array.get(i), pathOf(name) + "[" + i + "]"));
    }
    return objects;
  }

  String text(String name) {
    return text(name, required(name));
  }

  @Nullable String optionalText(String name) {
    JsonNode value = optional(name);
    return value == null ? null : text(name, value);
  }

  /** Absent is empty. */
  String textOrEmpty(String name) {
    String text = optionalText(name);
    return text == null ? "" : text;
  }

  /** Absent is an empty list. */
  List<String> optionalTexts(String name) {
    JsonNode value = optional(name);
    if (value == null) {
      return List.of();
    }
    return array(name, value).values().stream().map(item -> text(name, item)).toList();
  }

  boolean flag(String name) {
    JsonNode value = required(name);
    if (!value.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number from 0 up. */
  long count(String name) {
    return count(name, required(name));
  }

  @Nullable Long optionalCount(String name) {
    JsonNode value = optional(name);
    return value == null ? null : count(name, value);
  }

  /** An object of whole numbers; absent is empty. */
  Map<String, Long> optionalCounts(String name) {
    JsonNode value = optional(name);
    Map<String, Long> counts = new LinkedHashMap<>();
    if (value != null) {
      JsonFields fields = new JsonFields(value, pathOf(name));
      value.propertyNames().forEach(key -> counts.put(key, fields.count(key)));
    }
    return counts;
  }

  /** The failure for a field whose value cannot be. */
  EngineException wrong(String name, String reason) {
    return fault(Printable.of(pathOf(name)), reason);
  }

  static EngineException fault(String where, String reason) {
    return new EngineException(
            ErrorKind.VERIFICATION_FAILED, "read manifest", Manifest.FILE, where + " " + reason)
        .withHint("the archive is damaged or was made by another program: use another backup");
  }

  private JsonNode required(String name) {
    JsonNode value = optional(name);
    if (value == null) {
      throw wrong(name, "is missing");
    }
    return value;
  }

  private @Nullable JsonNode optional(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode array(String name, JsonNode value) {
    if (!value.isArray()) {
      throw wrong(name, "must be a list");
    }
    return value;
  }

  private String text(String name, JsonNode value) {
    if (!value.isString()) {
      throw wrong(name, "must be text");
    }
    return value.stringValue();
  }

  private long count(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw wrong(name, "must be a whole number from 0 up");
    }
    return value.longValue();
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
