package org.tacvault.server.json;

import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Truth values as pydantic reads them: also 0 and 1, and words such as {@code "yes"}. */
final class BooleanReader extends StdScalarDeserializer<Boolean> {
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

  BooleanReader() {
    super(Boolean.class);
  }

  @Override
  public Boolean deserialize(JsonParser json, DeserializationContext context) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
      return (Boolean) context.handleUnexpectedToken(Boolean.class, json);
    }
    String word = json.getString().toLowerCase(Locale.ROOT);
    if (TRUE.contains(word)) {
      return true;
    }
    return FALSE.contains(word)
        ? false
        : (Boolean) context.handleWeirdStringValue(Boolean.class, word, "not a truth value");
  }
}
