package org.tacvault.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads thousands of odd files with Python's configparser and with ours. */
class IniFilePythonTest {
  private static final int FILES = 6000;

  private static final String SCRIPT =
      """
      import configparser, json, os, sys
      out = []
      for number in range(int(sys.argv[1])):
          parser = configparser.ConfigParser(interpolation=None)
          try:
              with open(f"{number}.conf", encoding="utf-8") as file:
                  parser.read_file(file)
          except (configparser.Error, UnicodeDecodeError):
              out.append(None)
              continue
          out.append({"defaults": [list(item) for item in parser.defaults().items()],
                      "sections": [[name, [list(item) for item in parser.items(name)]]
                                   for name in parser.sections()]})
      print(json.dumps(out))
      """;

  private static final String[] INDENTS = {
    "", "", "", "", "", "", " ", "  ", "    ", "\t", "\u00a0", "\u3000 ", "\f", "\u001c", "\u2028"
  };
  private static final String[] ENDS = {
    "\n",
    "\n",
    "\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    " \n",
    "\t\r\n",
    "\u00a0\n",
    "\u2028\n",
    "\n\n"
  };
  private static final String[] NAMES = {
    "server", "Server", "backup", "DEFAULT", "DEFAULT", "default", " a b ", "x]y", "x=y", "ü", "[",
    "#"
  };
  private static final String[] KEYS = {
    "key", "Key", "KEY 2", "a.b", "İx", "ΟΔΟΣ", "ǅ", "k#", "k;k", "[k", "\"q\"", "k\u00a0l", "ß"
  };
  private static final String[] DELIMITERS = {
    "=", " = ", ":", ": ", " : ", "==", ":=", " =\t", "\u00a0=\u00a0", "\u0085=\u0085"
  };
  private static final String[] VALUES = {
    "",
    "1",
    "yes",
    "a b",
    "v ; no comment",
    "v # no comment",
    "%(x)s %",
    "${HOME}",
    "\"quoted\"",
    "'",
    "a=b:c",
    "[x]",
    "\ufeff",
    "\u200b",
    "😀",
    "e\u0301",
    "\u0000",
    "tail\\",
    "v\u000bw\u001dx\u0085y"
  };

  @TempDir Path directory;

  @Test
  void readsWhatPythonReadsAndRefusesWhatPythonRefuses() throws Exception {
    Random random = new Random(20261123);
    for (int number = 0; number < FILES; number++) {
      Files.write(directory.resolve(number + ".conf"), file(random, number));
    }

    JsonNode expected =
        JsonMapper.shared().readTree(PythonProcess.run(directory, SCRIPT, String.valueOf(FILES)));

    int read = 0;
    for (int number = 0; number < FILES; number++) {
      Path file = directory.resolve(number + ".conf");
      assertThat(ours(file)).as(describe(file)).isEqualTo(python(expected.get(number)));
      read += expected.get(number).isNull() ? 0 : 1;
    }
    assertThat(read).as("files that both read").isBetween(FILES / 4, FILES * 9 / 10);
  }

  private static List<Object> python(JsonNode file) {
    if (file.isNull()) {
      return List.of();
    }
    List<Object> sections = new ArrayList<>();
    for (JsonNode section : file.get("sections")) {
      sections.add(List.of(section.get(0).asString(), items(section.get(1))));
    }
    return List.of(items(file.get("defaults")), sections);
  }

  private static List<List<String>> items(JsonNode pairs) {
    List<List<String>> items = new ArrayList<>();
    pairs.forEach(pair -> items.add(List.of(pair.get(0).asString(), pair.get(1).asString())));
    return items;
  }

  private static List<Object> ours(Path path) {
    try {
      IniFile file = IniFile.read(path);
      List<Object> sections = new ArrayList<>();
      file.sections()
          .keySet()
          .forEach(name -> sections.add(List.of(name, items(file.effective(name)))));
      return List.of(items(file.defaults()), sections);
    } catch (InvalidConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      return List.of();
    }
  }

  private static List<List<String>> items(Map<String, IniValue> values) {
    Map<String, IniValue> ordered = new LinkedHashMap<>(values);
    List<List<String>> items = new ArrayList<>();
    ordered.forEach((key, value) -> items.add(List.of(key, value.text())));
    return items;
  }

  private static String describe(Path file) throws Exception {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
        .replace("\r", "␍")
        .replace("\n", "␊\n");
  }

  private static byte[] file(Random random, int number) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (random.nextInt(60) == 0) {
      bytes.writeBytes("\ufeff".getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "" : "[first]\n");
    int lines = random.nextInt(9);
    for (int line = 0; line < lines; line++) {
      text.append(pick(random, INDENTS)).append(line(random, line)).append(pick(random, ENDS));
    }
    if (random.nextInt(3) == 0 && text.length() > 0) {
      text.setLength(text.length() - 1);
    }
    bytes.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    if (number % 97 == 0) {
      bytes.writeBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'});
    }
    return bytes.toByteArray();
  }

  private static String line(Random random, int line) {
    return switch (random.nextInt(22)) {
      case 0, 1 -> "[" + pick(random, NAMES) + "]";
      case 2 -> "[" + pick(random, NAMES) + line + "]" + pick(random, VALUES);
      case 3, 4 -> pick(random, new String[] {"#", ";"}) + pick(random, VALUES);
      case 5, 6 -> "";
      case 7 -> pick(random, VALUES);
      case 8, 9, 10 -> "    " + pick(random, VALUES);
      case 11 -> "    " + pick(random, KEYS) + "=" + pick(random, VALUES);
      case 12 -> pick(random, KEYS) + pick(random, DELIMITERS) + pick(random, VALUES);
      case 13 -> random.nextInt(6) == 0 ? pick(random, DELIMITERS) : "";
      default -> pick(random, KEYS) + line + pick(random, DELIMITERS) + pick(random, VALUES);
    };
  }

  private static String pick(Random random, String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
