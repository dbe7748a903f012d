package org.tacvault.cli.output;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers for programs: names in snake_case, times as ISO 8601 in UTC, sizes in bytes, indented.
 * Loaded only when asked for: a plain command starts faster without it.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Json() {}

  public static String write(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  /** A document that somebody else has written, to be a part of an answer. */
  public static Object tree(byte[] document) {
    return MAPPER.readTree(document);
  }
}
