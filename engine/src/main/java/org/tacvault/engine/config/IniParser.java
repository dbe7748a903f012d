package org.tacvault.engine.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file line by line. Python stops at the first duplicate or misplaced line; this goes on,
 * so that all of them are told.
 */
final class IniParser {
  static final String DEFAULT_SECTION = "DEFAULT";

  // Greedy and open-ended as in Python: "[a] b" is section "a", "[a] b]" is section "a] b".
  private static final Pattern HEADER = Pattern.compile("\\[(.+)]", Pattern.DOTALL);
  private static final Pattern DELIMITER = Pattern.compile("[=:]");

  private final String file;
  private final Problems problems = new Problems();
  private final Map<String, Map<String, Draft>> sections = new LinkedHashMap<>();
  private final Map<String, Draft> defaults = new LinkedHashMap<>();
  private final Map<String, Integer> headers = new LinkedHashMap<>();

  private int number;
  private int indent;
  private String name = "";
  private @Nullable Map<String, Draft> section;
  private @Nullable Draft option;
  private boolean orphanTold;

  IniParser(String file) {
    this.file = file;
  }

  IniFile parse(String text) {
    if (text.startsWith("\ufeff")) {
      problem(1, "starts with a byte order mark", "save the file as UTF-8 without BOM");
      text = text.substring(1);
    }
    for (String line : PythonText.lines(text)) {
      number++;
      accept(line);
    }
    problems.throwIfAny("read configuration", file);
    Map<String, Map<String, IniValue>> values = new LinkedHashMap<>();
    sections.forEach((section, drafts) -> values.put(section, finish(drafts)));
    return new IniFile(values, finish(defaults));
  }

  private void accept(String line) {
    String value = PythonText.strip(line);
    if (value.startsWith("#") || value.startsWith(";")) {
      return;
    }
    if (value.isEmpty()) {
      continueWith("");
      return;
    }
    int depth = PythonText.start(line);
    if (option == null || depth <= indent) {
      indent = depth;
      statement(value);
    } else {
      continueWith(value);
    }
  }

  private void continueWith(String line) {
    if (option != null) {
      option.lines.add(line);
    }
  }

  private void statement(String line) {
    Matcher header = HEADER.matcher(line);
    if (header.lookingAt()) {
      open(header.group(1));
    } else if (section == null) {
      orphan();
    } else {
      assign(section, line);
    }
  }

  private void open(String header) {
    name = header;
    option = null;
    if (header.equals(DEFAULT_SECTION)) {
      section = defaults;
    } else if (headers.putIfAbsent(header, number) == null) {
      section = sections.computeIfAbsent(header, any -> new LinkedHashMap<>());
    } else {
      problem(
          number,
          "section [" + header + "] is there already",
          "one section of a name; the first is at line " + headers.get(header));
      section = new LinkedHashMap<>();
    }
  }

  private void orphan() {
    if (!orphanTold) {
      problem(number, "a line before the first section", "start with a header such as [server]");
      orphanTold = true;
    }
  }

  // The text of a line that cannot be read may be half a secret: it is never quoted.
  private void assign(Map<String, Draft> target, String line) {
    Matcher delimiter = DELIMITER.matcher(line);
    if (!delimiter.find()) {
      problem(
          number,
          "neither '=' nor ':' in section [" + name + "]",
          "write 'key = value', indent a line to continue the value above it, start comments with #");
      return;
    }
    String key = PythonText.stripEnd(line.substring(0, delimiter.start())).toLowerCase(Locale.ROOT);
    option = new Draft(number, PythonText.strip(line.substring(delimiter.end())));
    if (key.isEmpty()) {
      problem(number, "no key before the delimiter in section [" + name + "]", "'key = value'");
      return;
    }
    Draft earlier = target.putIfAbsent(key, option);
    if (earlier != null) {
      problem(
          number,
          "[" + name + "] " + key + " is there already",
          "a key once in a section; the first is at line " + earlier.number);
    }
  }

  private void problem(int line, String what, String allowed) {
    problems.add(file + ":" + line, what, allowed);
  }

  private static Map<String, IniValue> finish(Map<String, Draft> drafts) {
    Map<String, IniValue> values = new LinkedHashMap<>();
    drafts.forEach((key, draft) -> values.put(key, draft.finish()));
    return values;
  }

  /** A value whose lines are still coming. */
  private static final class Draft {
    private final int number;
    private final List<String> lines = new ArrayList<>();

    Draft(int number, String first) {
      this.number = number;
      lines.add(first);
    }

    IniValue finish() {
      return new IniValue(PythonText.stripEnd(String.join("\n", lines)), number);
    }
  }
}
