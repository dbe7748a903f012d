package org.tacvault.engine.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.error.EngineException;
import org.tacvault.engine.error.ErrorKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** The JSON texts in the catalog's columns. An absent text is an empty value. */
final class CatalogJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};
  private static final TypeReference<LinkedHashMap<String, Long>> NUMBERS =
      new TypeReference<>() {};
  private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {};
  private static final TypeReference<Object> VALUE = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private CatalogJson() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static String writeMillis(Map<String, Duration> stages) {
    Map<String, Long> millis = new LinkedHashMap<>();
    stages.forEach((stage, time) -> millis.put(stage, time.toMillis()));
    return write(millis);
  }

  static Map<String, Object> object(@Nullable String json) {
    return json == null ? Map.of() : read(json, OBJECT);
  }

  /** Any value but null: a text, a number, an object, ... */
  static Object value(String json) {
    return read(json, VALUE);
  }

  static <T> T read(String json, Class<T> type) {
    return read(json, MAPPER.constructType(type));
  }

  static List<Map<String, Object>> objects(@Nullable String json) {
    return json == null ? List.of() : read(json, OBJECTS);
  }

  static List<String> texts(@Nullable String json) {
    return json == null ? List.of() : read(json, TEXTS);
  }

  static Map<String, Duration> millis(@Nullable String json) {
    Map<String, Duration> stages = new LinkedHashMap<>();
    if (json != null) {
      read(json, NUMBERS).forEach((stage, time) -> stages.put(stage, Duration.ofMillis(time)));
    }
    return stages;
  }

  // Jackson's message may quote the text, and with it a secret: it is not shown.
  private static <T> T read(String json, TypeReference<T> type) {
    return read(json, MAPPER.getTypeFactory().constructType(type));
  }

  private static <T> T read(String json, JavaType type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      // Falls through to the same failure as the text "null".
    }
    throw new EngineException(
            ErrorKind.VERIFICATION_FAILED, "read catalog", "a JSON column", "not readable")
        .withHint(
            "the catalog was edited by hand or damaged; correct the row, or move the file away:"
                + " the archives are the truth");
  }
}
