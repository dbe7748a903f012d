package org.tacvault.server.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tacvault.engine.secret.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says of a body that could not be read where it is wrong and what is allowed there. */
final class JsonProblems {
  private static final String BODY = "body";

  private JsonProblems() {}

  static Violation of(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return new Violation("extra_forbidden", place(unknown), allowed(unknown), null);
    }
    if (cause instanceof MismatchedInputException mismatch) {
      return isTrailing(mismatch) ? syntax(mismatch) : mismatch(mismatch);
    }
    if (cause instanceof DatabindException other) {
      return new Violation("value_error", place(other), "Input cannot be used", null);
    }
    if (cause instanceof JacksonException syntax) {
      return syntax(syntax);
    }
    return new Violation("missing", List.of(BODY), "Field required", null);
  }

  private static Violation syntax(JacksonException failure) {
    return new Violation(
        "json_invalid",
        List.of(BODY, Math.max(0, failure.getLocation().getCharOffset())),
        "JSON decode error: " + failure.getOriginalMessage().lines().findFirst().orElse(""),
        null);
  }

  /** Something follows after the end of the document. */
  private static boolean isTrailing(MismatchedInputException mismatch) {
    return mismatch.getPath().isEmpty()
        && mismatch.getOriginalMessage().startsWith("Trailing token");
  }

  private static Violation mismatch(MismatchedInputException mismatch) {
    List<Object> place = place(mismatch);
    String name = String.valueOf(place.get(place.size() - 1));
    @Nullable Object value =
        mismatch instanceof InvalidFormatException format ? format.getValue() : null;
    ExpectedType expected = ExpectedType.of(mismatch.getTargetType(), value instanceof String);
    return new Violation(expected.type(), place, expected.msg(), Input.shown(name, value));
  }

  private static String allowed(UnrecognizedPropertyException unknown) {
    Collection<Object> known = unknown.getKnownPropertyIds();
    return "Extra inputs are not permitted"
        + (known == null || known.isEmpty()
            ? ""
            : "; allowed are: "
                + String.join(", ", known.stream().map(String::valueOf).sorted().toList()));
  }

  private static List<Object> place(JacksonException failure) {
    List<Object> place = new ArrayList<>(List.of(BODY));
    for (JacksonException.Reference reference : failure.getPath()) {
      String name = reference.getPropertyName();
      place.add(name == null ? (Object) reference.getIndex() : name);
    }
    return place;
  }

  /** What pydantic calls a type that was expected, and says about it. */
  record ExpectedType(String type, String msg) {
    private static final Map<Class<?>, ExpectedType> PLAIN =
        Map.of(
            String.class, new ExpectedType("string_type", "Input should be a valid string"),
            Secret.class, new ExpectedType("string_type", "Input should be a valid string"),
            Integer.class, new ExpectedType("int_type", "Input should be a valid integer"),
            Boolean.class, new ExpectedType("bool_type", "Input should be a valid boolean"));
    private static final Map<Class<?>, ExpectedType> PARSED =
        Map.of(
            Integer.class,
            new ExpectedType(
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer"),
            Boolean.class,
            new ExpectedType(
                "bool_parsing", "Input should be a valid boolean, unable to interpret input"));

    static ExpectedType of(@Nullable Class<?> wanted, boolean fromText) {
      if (wanted == null) {
        return new ExpectedType("value_error", "Input cannot be used");
      }
      if (Collection.class.isAssignableFrom(wanted)) {
        return new ExpectedType("list_type", "Input should be a valid list");
      }
      Class<?> type =
          wanted == int.class || wanted == long.class || wanted == Long.class
              ? Integer.class
              : wanted == boolean.class ? Boolean.class : wanted;
      @Nullable ExpectedType known = fromText ? PARSED.get(type) : null;
      return known != null
          ? known
          : PLAIN.getOrDefault(
              type, new ExpectedType("dict_type", "Input should be a valid dictionary"));
    }
  }
}
