package org.tacvault.engine.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code {section: {key: value}}} byte for byte as Python's {@code json.dumps} does, ASCII
 * only, so that texts and hashes can be compared.
 */
final class PythonJson {
  private static final Comparator<String> BY_CODE_POINT =
      (left, right) -> {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return Arrays.compare(a, b);
      };

  private PythonJson() {}

  /** {@code json.dumps(sections, indent=2)}. */
  static String indented(Map<String, Map<String, String>> sections) {
    StringBuilder out = new StringBuilder();
    String between = "{";
    for (Map.Entry<String, Map<String, String>> section : sections.entrySet()) {
      out.append(between).append("\n  ");
      quote(out, section.getKey());
      out.append(": ");
      indented(out, section.getValue());
      between = ",";
    }
    return out.append(sections.isEmpty() ? "{}" : "\n}").toString();
  }

  private static void indented(StringBuilder out, Map<String, String> values) {
    String between = "{";
    for (Map.Entry<String, String> value : values.entrySet()) {
      out.append(between).append("\n    ");
      quote(out, value.getKey());
      out.append(": ");
      quote(out, value.getValue());
      between = ",";
    }
    out.append(values.isEmpty() ? "{}" : "\n  }");
  }

  /** {@code json.dumps(sections, sort_keys=True, separators=(",", ":"))}. */
  static String canonical(Map<String, Map<String, String>> sections) {
    StringBuilder out = new StringBuilder("{");
    sorted(sections)
        .forEach(
            (name, values) -> {
              separate(out);
              quote(out, name);
              out.append(":{");
              sorted(values)
                  .forEach(
                      (key, value) -> {
                        separate(out);
                        quote(out, key);
                        quote(out.append(':'), value);
                      });
              out.append('}');
            });
    return out.append('}').toString();
  }

  private static void separate(StringBuilder out) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    Map<String, V> sorted = new TreeMap<>(BY_CODE_POINT);
    sorted.putAll(map);
    return sorted;
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    text.chars().forEach(c -> escape(out, (char) c));
    out.append('"');
  }

  private static void escape(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\f' -> out.append("\\f");
      case '\b' -> out.append("\\b");
      default -> {
        if (c >= ' ' && c <= '~') {
          out.append(c);
        } else {
          out.append(String.format("\\u%04x", (int) c));
        }
      }
    }
  }
}
