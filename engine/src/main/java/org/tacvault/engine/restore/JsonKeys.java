package org.tacvault.engine.restore;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names the keys in which two JSON objects differ, without their values. */
final class JsonKeys {
  /** Longer texts are compared as a whole: parsed ones take many times their length. */
  private static final int LONGEST = 1 << 16;

  private static final int DEEPEST = 4;

  private JsonKeys() {}

  /**
   * {@code name.key} for each key that differs; none when both mean the same; {@code name} alone
   * when one of them is no object or very long.
   */
  static List<String> differing(String name, @Nullable String before, @Nullable String after) {
    Optional<JsonNode> left = object(before);
    Optional<JsonNode> right = object(after);
    if (left.isEmpty() || right.isEmpty()) {
      return List.of(name);
    }
    Set<String> names = new TreeSet<>();
    compare(name, left.get(), right.get(), 0, names);
    return List.copyOf(names);
  }

  /** The object that {@code text} holds; nothing at all is an empty object. */
  static Optional<JsonNode> object(@Nullable String text) {
    return parse(text == null || text.isBlank() ? "{}" : text).filter(JsonNode::isObject);
  }

  /** The texts of the list that {@code text} holds. */
  static Optional<List<String>> list(@Nullable String text) {
    return parse(text == null || text.isBlank() ? "[]" : text).flatMap(JsonKeys::list);
  }

  static Optional<List<String>> list(JsonNode node) {
    return node.isArray()
        ? Optional.of(node.valueStream().map(JsonKeys::text).distinct().sorted().toList())
        : Optional.empty();
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : node.toString();
  }

  private static Optional<JsonNode> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonMapper.shared().readTree(text));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static void compare(
      String name, JsonNode left, JsonNode right, int depth, Set<String> names) {
    Set<String> keys = new TreeSet<>(left.propertyNames());
    keys.addAll(right.propertyNames());
    for (String key : keys) {
      JsonNode before = left.path(key);
      JsonNode after = right.path(key);
      if (before.isObject() && after.isObject() && depth < DEEPEST) {
        compare(name + "." + key, before, after, depth + 1, names);
      } else if (!before.equals(after)) {
        names.add(Shortened.of(name + "." + key));
      }
    }
  }
}
