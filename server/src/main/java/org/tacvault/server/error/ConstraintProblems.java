package org.tacvault.server.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.FieldError;

/** Turns violated constraints of Bean Validation into {@link Violation}s. */
final class ConstraintProblems {
  private static final Map<String, String> TYPES =
      Map.of(
          "NotNull", "missing",
          "NotBlank", "string_too_short",
          "Size", "string_too_long",
          "Min", "greater_than_equal",
          "Max", "less_than_equal",
          "Pattern", "string_pattern_mismatch");

  private ConstraintProblems() {}

  static Violation of(FieldError error) {
    List<Object> place = new ArrayList<>(List.of("body"));
    for (String segment : error.getField().split("[.\\[\\]]+")) {
      place.add(isIndex(segment) ? (Object) Integer.valueOf(segment) : snakeCase(segment));
    }
    return of(error, place, error.getRejectedValue());
  }

  static Violation of(
      MessageSourceResolvable error, String place, String name, @Nullable Object value) {
    return of(error, List.of(place, name), value);
  }

  private static Violation of(
      MessageSourceResolvable error, List<Object> place, @Nullable Object value) {
    String type = type(error.getCodes());
    String name = String.valueOf(place.get(place.size() - 1));
    String message =
        type.equals("missing") ? "Field required" : String.valueOf(error.getDefaultMessage());
    return new Violation(type, place, message, Input.shown(name, value));
  }

  private static String type(String @Nullable [] codes) {
    String constraint = codes == null || codes.length == 0 ? "" : codes[codes.length - 1];
    return TYPES.getOrDefault(constraint, "value_error");
  }

  private static boolean isIndex(String segment) {
    return segment.matches("\\d{1,9}");
  }

  /** {@code destinationId} is {@code destination_id} in JSON. */
  static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
