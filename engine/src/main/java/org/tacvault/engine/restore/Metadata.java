package org.tacvault.engine.restore;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON in a column, read as the Python server reads it (the last of two equal keys counts, {@code
 * NaN} is a number) and written without a loss.
 */
final class Metadata {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Metadata() {}

  /** Nothing at all is an empty object; empty when it is no object. */
  static Optional<ObjectNode> object(@Nullable String text) {
    return parse(text == null || text.isBlank() ? "{}" : text)
        .filter(JsonNode::isObject)
        .map(JsonNode::asObject);
  }

  /** Nothing at all is an empty list; empty when it is no list. */
  static Optional<ArrayNode> list(@Nullable String text) {
    return parse(text == null || text.isBlank() ? "[]" : text)
        .filter(JsonNode::isArray)
        .map(JsonNode::asArray);
  }

  /** Its members, in their order. */
  static Set<JsonNode> members(JsonNode list) {
    return new LinkedHashSet<>(list.valueStream().toList());
  }

  static String text(Object node) {
    return MAPPER.writeValueAsString(node);
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
